import { expect, test } from 'vitest';
import { ask, pathsOf, tokenOf } from './support/http.ts';
import { start } from './support/simulators.ts';

const group = 'rg-web-prod';
const none = '00000000-0000-0000-0000-000000000000';
const version = 'api-version=2024-07-01';

test.each([
  ['a missing api-version', 400, 'MissingApiVersionParameter', (s: string) => `/subscriptions/${s}`],
  ['an empty api-version', 400, 'MissingApiVersionParameter', (s: string) => `/subscriptions/${s}?api-version=`],
  ['a made-up api-version', 400, 'InvalidApiVersionParameter', () => '/subscriptions?api-version=latest'],
  ['an unknown subscription', 404, 'SubscriptionNotFound', () => `/subscriptions/${none}?${version}`],
  [
    'machines of an unknown subscription',
    ...([404, 'SubscriptionNotFound'] as const),
    () => `/subscriptions/${none}/providers/Microsoft.Compute/virtualMachines?${version}`,
  ],
  ['an unknown group', 404, 'ResourceGroupNotFound', (s: string) => `/subscriptions/${s}/resourceGroups/x?${version}`],
  [
    'machines of an unknown group',
    ...([404, 'ResourceGroupNotFound'] as const),
    (s: string) => `/subscriptions/${s}/resourceGroups/x/providers/Microsoft.Compute/virtualMachines?${version}`,
  ],
  ...[
    'Microsoft.Compute/virtualMachines',
    'Microsoft.Network/networkInterfaces',
    'Microsoft.Network/publicIPAddresses',
  ].map(
    (type) =>
      [
        `an unknown resource of ${type}`,
        404,
        'ResourceNotFound',
        (s: string) => `/subscriptions/${s}/resourceGroups/${group}/providers/${type}/x?${version}`,
      ] as const,
  ),
  [
    'an unknown resource type',
    ...([404, 'InvalidResourceType'] as const),
    (s: string) => `/subscriptions/${s}/providers/Microsoft.Compute/computers?${version}`,
  ],
  [
    'an unknown namespace',
    ...([404, 'InvalidResourceNamespace'] as const),
    (s: string) => `/subscriptions/${s}/providers/Contoso.Things/boxes?${version}`,
  ],
  [
    'a path below a resource that is not simulated',
    ...([404, 'NotFound'] as const),
    (s: string) =>
      `/subscriptions/${s}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/web-01/extensions?${version}`,
  ],
  ['a path outside of everything', 404, 'NotFound', () => `/somewhere?${version}`],
  ['a path that is not well encoded', 404, 'NotFound', () => `/some%zzwhere?${version}`],
] as const)('%s is answered with %i %s', async (_, status, code, path) => {
  const sim = await start({ machines: 1 });
  const answer = await ask(sim, path(sim.subscriptions[0].id), { token: await tokenOf(sim) });
  expect(answer.status).toBe(status);
  expect(answer.body).toEqual({
    error: expect.objectContaining({ code, message: expect.stringMatching(/^[A-Z].+/) }),
  });
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
});

test('what is not simulated yet says so, instead of doing nothing', async () => {
  const sim = await start({ machines: 1 });
  const target = pathsOf(sim).vm(group, 'web-01', '/start');
  const answer = await ask(sim, target, { token: await tokenOf(sim), method: 'POST' });
  expect(answer.status).toBe(501);
  expect(answer.body.error.message).toContain('virtualMachines/web-01/start');
  expect(answer.headers['x-ms-ratelimit-remaining-subscription-writes']).toBe('199');
});

test('an answer carries the ids by which Azure’s support finds a request', async () => {
  const sim = await start({ machines: 1 });
  const token = await tokenOf(sim);
  const headers = { 'x-ms-correlation-request-id': 'mine', 'x-ms-client-request-id': 'client' };
  const { headers: given } = await ask(sim, pathsOf(sim).vms, { token, headers });
  const { headers: own } = await ask(sim, pathsOf(sim).vms, { token });
  expect(given['x-ms-request-id']).toMatch(/^[\da-f-]{36}$/);
  expect(given['x-ms-request-id']).not.toBe(own['x-ms-request-id']);
  expect(given).toMatchObject({ 'x-ms-correlation-request-id': 'mine', 'x-ms-client-request-id': 'client' });
  expect(own['x-ms-correlation-request-id']).toBe(own['x-ms-request-id']);
});

test('a body that no sign-in can need is refused', async () => {
  const sim = await start({ machines: 1 });
  const answer = await ask(sim, '/common/oauth2/v2.0/token', { method: 'POST', content: 'x'.repeat(100_000) }).catch(
    (error: NodeJS.ErrnoException) => error.code,
  );
  // The connection may be gone before all of it is sent.
  expect(typeof answer === 'object' ? answer.status : answer).toBeOneOf([413, 'EPIPE', 'ECONNRESET']);
  expect(sim.stats().total).toBe(0);
});
