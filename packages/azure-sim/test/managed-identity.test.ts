import { expect, test } from 'vitest';
import type { AzureSim } from '../src/index.ts';
import { ask, type Answer } from './support/http.ts';
import { managedIdentity } from './support/sdk.ts';
import { start } from './support/simulators.ts';

function claimsOf(token = ''): Record<string, string> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, string>;
}

function request(sim: AzureSim, query: string, headers: Record<string, string> = {}): Promise<Answer> {
  return ask(sim, `${sim.env['IDENTITY_ENDPOINT']}?${query}`, { headers });
}

test('the real credential signs in with what env gives; a user-assigned identity is someone else', async () => {
  const sim = await start({ machines: 1 });
  const scope = `${sim.endpoint}/.default`;
  const own = await managedIdentity(sim).getToken(scope);
  expect(own?.expiresOnTimestamp).toBeGreaterThan(Date.now());
  expect(sim.stats().byKind.token).toBe(1);
  const clientId = '11111111-2222-4333-8444-555555555555';
  const assigned = await managedIdentity(sim, clientId).getToken(scope);
  const [first, second] = [claimsOf(own?.token), claimsOf(assigned?.token)];
  expect(first).toMatchObject({ appid: sim.accounts[0].clientId, tid: sim.subscriptions[0].tenantId });
  expect(second).toMatchObject({ appid: clientId, tid: sim.subscriptions[0].tenantId });
  expect(second['oid']).not.toBe(first['oid']);
});

test('without the secret there is no token', async () => {
  const sim = await start({ machines: 1 });
  for (const headers of [{}, { 'x-identity-header': 'guess' }, { secret: 'guess' }] as Record<string, string>[]) {
    const answer = await request(sim, `resource=${sim.endpoint}&api-version=2019-08-01`, headers);
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain(sim.env['IDENTITY_HEADER']);
  }
});

test('the older version writes the time as a date, as older clients expect it', async () => {
  const sim = await start({ machines: 1 });
  const secret = sim.env['MSI_SECRET'] ?? '';
  const { body } = await request(sim, `resource=${sim.endpoint}&api-version=2017-09-01`, { secret });
  expect(body.expires_on).toMatch(/^\d{2}\/\d{2}\/\d{4} \d{2}:\d{2}:\d{2} \+00:00$/);
  const newer = await request(sim, `resource=${sim.endpoint}&api-version=2019-08-01`, { secret });
  expect(Math.abs(Date.parse(body.expires_on) / 1_000 - Number(newer.body.expires_on))).toBeLessThanOrEqual(60);
});

test('a request without a resource, or to another path, is refused', async () => {
  const sim = await start({ machines: 1 });
  const headers = { 'x-identity-header': sim.env['IDENTITY_HEADER'] ?? '' };
  expect((await request(sim, 'api-version=2019-08-01', headers)).status).toBe(400);
  const elsewhere = new URL('/metadata', sim.env['IDENTITY_ENDPOINT']).href;
  expect((await ask(sim, elsewhere, { headers })).status).toBe(404);
});
