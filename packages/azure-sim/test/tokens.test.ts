import { expect, test } from 'vitest';
import type { AzureSim } from '../src/index.ts';
import { ask, pathsOf, tokenOf, type Answer } from './support/http.ts';
import { ManualClock } from './support/manual-clock.ts';
import { start } from './support/simulators.ts';

function list(sim: AzureSim, token: string | undefined, headers = {}): Promise<Answer> {
  return ask(sim, pathsOf(sim).vms, { token, headers });
}

/** The refusal's code, if it is a 401 that names its reason in the header, too. */
function refusalOf({ status, headers, body }: Answer): string {
  const challenge = headers['www-authenticate'] ?? '';
  return status === 401 && /^Bearer .*error="invalid_token"/.test(challenge)
    ? body.error.code
    : `${status} ${challenge}`;
}

test('a request without a token is refused', async () => {
  const sim = await start({ machines: 1 });
  expect(refusalOf(await list(sim, undefined))).toBe('AuthenticationFailed');
  expect(refusalOf(await list(sim, undefined, { authorization: 'Basic abc' }))).toBe('AuthenticationFailed');
  expect(refusalOf(await list(sim, undefined, { authorization: 'Bearer ' }))).toBe('AuthenticationFailed');
});

test('a token that the simulator did not issue is refused', async () => {
  const sim = await start({ machines: 1 });
  const token = await tokenOf(sim);
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp: number };
  const forged = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 1 })).toString('base64url');
  expect(refusalOf(await list(sim, `${header}.${forged}.${signature}`))).toBe('InvalidAuthenticationToken');
  expect(refusalOf(await list(sim, 'nonsense'))).toBe('InvalidAuthenticationToken');
  const other = await start({ machines: 1 });
  expect(refusalOf(await list(sim, await tokenOf(other, { resource: sim.endpoint })))).toBe(
    'InvalidAuthenticationToken',
  );
  expect((await list(sim, token)).status).toBe(200);
});

test('a token lives one hour, by the simulator’s clock', async () => {
  const clock = new ManualClock();
  const sim = await start({ machines: 1, clock });
  const token = await tokenOf(sim);
  clock.advance(3_599_000);
  expect((await list(sim, token)).status).toBe(200);
  clock.advance(1_000);
  expect(refusalOf(await list(sim, token))).toBe('ExpiredAuthenticationToken');
});

test('a token is a JWT that tells who, for what and how long', async () => {
  const clock = new ManualClock();
  const sim = await start({ machines: 1, clock });
  const token = await tokenOf(sim);
  const [header = '', payload = ''] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
  expect(JSON.parse(header)).toMatchObject({ typ: 'JWT' });
  expect(JSON.parse(payload)).toMatchObject({
    aud: `${sim.endpoint}/`,
    tid: sim.subscriptions[0].tenantId,
    appid: sim.accounts[0].clientId,
    iat: clock.now() / 1_000,
    exp: clock.now() / 1_000 + 3_600,
  });
});

test('revoked tokens are refused, and new ones work', async () => {
  const sim = await start({ machines: 1 });
  const token = await tokenOf(sim);
  sim.revokeTokens();
  expect(refusalOf(await list(sim, token))).toBe('InvalidAuthenticationToken');
  expect((await list(sim, await tokenOf(sim))).status).toBe(200);
});

test('a token for someone else is refused: Resource Manager takes its own audience only', async () => {
  const sim = await start({ machines: 1 });
  const token = await tokenOf(sim, { resource: 'https://management.azure.com/' });
  const answer = await list(sim, token);
  expect(refusalOf(answer)).toBe('InvalidAuthenticationToken');
  expect(answer.body.error.message).toContain('https://management.azure.com/');
  expect((await list(sim, await tokenOf(sim, { resource: sim.endpoint }))).status).toBe(200);
});

test('whatever the audience is, the refusal is an answer', async () => {
  const sim = await start({ machines: 1 });
  const token = await tokenOf(sim, { resource: 'https://\u00fc.example/"\r\nx: y' });
  const answer = await list(sim, token);
  expect(refusalOf(answer)).toBe('InvalidAuthenticationToken');
  expect(answer.headers).not.toHaveProperty('x');
});

test('a token of another tenant is refused, and the answer names the right tenant', async () => {
  const sim = await start({ machines: 1, subscriptions: 2, tenants: 2 });
  const [first, second] = sim.accounts;
  const token = await tokenOf(sim, { clientId: second?.clientId });
  const answer = await list(sim, token);
  expect(refusalOf(answer)).toBe('InvalidAuthenticationTokenTenant');
  expect(answer.headers['www-authenticate']).toContain(`authorization_uri="${sim.endpoint}/${first?.tenantId}"`);
  expect((await ask(sim, pathsOf(sim, sim.subscriptions[1]?.id).vms, { token })).status).toBe(200);
});

test('each account sees the tenant and the subscriptions that are its own', async () => {
  const sim = await start({ machines: 1, subscriptions: 3, tenants: 2 });
  const seen = async (clientId: string | undefined) => {
    const token = await tokenOf(sim, { clientId });
    const [tenants, subscriptions] = await Promise.all(
      ['/tenants', '/subscriptions'].map((path) => ask(sim, `${path}?api-version=2022-12-01`, { token })),
    );
    return {
      tenants: tenants?.body.value.map(({ tenantId }: { tenantId: string }) => tenantId),
      subscriptions: subscriptions?.body.value.map(({ displayName }: { displayName: string }) => displayName),
    };
  };
  const [first, second] = sim.accounts;
  expect(await seen(first?.clientId)).toEqual({
    tenants: [first?.tenantId],
    subscriptions: ['Production', 'Development'],
  });
  expect(await seen(second?.clientId)).toEqual({ tenants: [second?.tenantId], subscriptions: ['Staging'] });
});
