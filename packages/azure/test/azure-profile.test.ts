import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { readAzureProfile } from '../src/index.ts';

function homeWith(text: string): string {
  const home = mkdtempSync(join(tmpdir(), 'azfleet-azure-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  mkdirSync(join(home, '.azure'));
  writeFileSync(join(home, '.azure', 'azureProfile.json'), text);
  return home;
}

const first = { id: 'sub-1', name: 'One', tenantId: 'tenant-1', user: { name: 'alice@example.com' } };
const second = { id: 'sub-2', tenantId: 'tenant-2', isDefault: true };

it('reads who is signed in, with or without a byte order mark', () => {
  const text = JSON.stringify({ installationId: 'x', subscriptions: [first, second] });
  for (const home of [homeWith(text), homeWith(`\uFEFF${text}`)]) {
    expect(readAzureProfile({}, home)).toEqual({
      tenantId: 'tenant-2',
      account: '',
      subscriptionId: 'sub-2',
      subscriptions: [
        { id: 'sub-1', name: 'One', tenantId: 'tenant-1', isDefault: false, account: 'alice@example.com' },
        { id: 'sub-2', name: 'sub-2', tenantId: 'tenant-2', isDefault: true, account: '' },
      ],
    });
  }
});

it('takes the first subscription when none is the current one', () => {
  expect(readAzureProfile({}, homeWith(JSON.stringify({ subscriptions: [first] })))).toMatchObject({
    subscriptionId: 'sub-1',
    account: 'alice@example.com',
  });
});

it('looks in AZURE_CONFIG_DIR first', () => {
  const home = homeWith(JSON.stringify({ subscriptions: [first] }));
  expect(readAzureProfile({ AZURE_CONFIG_DIR: join(home, '.azure') }, '/nonexistent')?.subscriptionId).toBe('sub-1');
  expect(readAzureProfile({ AZURE_CONFIG_DIR: '/nonexistent' }, home)).toBeUndefined();
});

it.each(['', '{', '{}', '[]', 'null', '{"subscriptions":[]}', '{"subscriptions":[null,{"id":1}]}'])(
  'gives nothing for a profile of %j',
  (text) => {
    expect(readAzureProfile({}, homeWith(text))).toBeUndefined();
  },
);
