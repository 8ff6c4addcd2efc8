import { expect, it } from 'vitest';

import { forbiddenMessage } from '../src/forbidden-message.ts';

const ID = '00000000-0000-0000-0000-000000000001';
const CLIENT = '00000000-0000-0000-0000-00000000000c';

function refusal(client: string, action: string, scope: string): string {
  return (
    `The client '${client}' with object id '${client}' does not have authorization to perform action '${action}' over ` +
    `scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`
  );
}

it.each([
  [
    refusal(CLIENT, 'Microsoft.Compute/virtualMachines/read', `/subscriptions/${ID}`),
    `${CLIENT} may not do Microsoft.Compute/virtualMachines/read on subscription ${ID}`,
  ],
  [
    refusal(
      'mia@example.com',
      'Microsoft.Network/networkInterfaces/read',
      `/subscriptions/${ID}/resourceGroups/web/providers/x`,
    ),
    'mia@example.com may not do Microsoft.Network/networkInterfaces/read on resource group web',
  ],
  [
    refusal('mia@example.com', 'Microsoft.Resources/subscriptions/read', '/providers/Microsoft.Management'),
    'mia@example.com may not do Microsoft.Resources/subscriptions/read on /providers/Microsoft.Management',
  ],
  [
    refusal(`${'m'.repeat(80)}@example.com`, 'Microsoft.Compute/virtualMachines/read', `/subscriptions/${ID}`),
    `The account may not do Microsoft.Compute/virtualMachines/read on subscription ${ID}`,
  ],
])('says who may not do what on which scope', (message, expected) => {
  expect(forbiddenMessage(message)).toBe(expected);
  expect(expected.length).toBeLessThanOrEqual(160);
});

it('keeps another reason, as far as whole sentences or words of it fit', () => {
  expect(forbiddenMessage('Blocked by policy.')).toBe('Blocked by policy.');
  const sentence = 'The request was disallowed by a policy of the management group that this subscription is in.';
  expect(forbiddenMessage(`${sentence} ${'More about it. '.repeat(20)}`)).toMatch(/is in\.( More about it\.)+$/);
  const words = forbiddenMessage('disallowed '.repeat(40));
  expect(words).toMatch(/^(disallowed )+disallowed…$/);
  expect(words.length).toBeLessThanOrEqual(160);
});
