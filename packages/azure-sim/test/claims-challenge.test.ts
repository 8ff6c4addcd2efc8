import { expect, test } from 'vitest';
import { ask, pathsOf, tokenOf } from './support/http.ts';
import { collect, sdkOf } from './support/sdk.ts';
import { start } from './support/simulators.ts';

test('a claims challenge carries claims that a client can send along', async () => {
  const sim = await start({ machines: 1 });
  const token = await tokenOf(sim);
  sim.revokeTokens({ claimsChallenge: true });
  const { status, headers } = await ask(sim, pathsOf(sim).vms, { token });
  expect(status).toBe(401);
  const challenge = headers['www-authenticate'] ?? '';
  expect(challenge).toContain('error="insufficient_claims"');
  const [, claims = ''] = /claims="([^"]+)"/.exec(challenge) ?? [];
  expect(JSON.parse(Buffer.from(claims, 'base64').toString())).toEqual({ access_token: { nbf: { essential: true } } });
});

test('the SDK answers it with a new token and asks again', async () => {
  const sim = await start({ machines: 2 });
  const { compute } = sdkOf(sim);
  await collect(compute.virtualMachines.listAll());
  sim.revokeTokens({ claimsChallenge: true });
  sim.resetStats();
  const machines = await collect(compute.virtualMachines.listAll());
  expect(machines).toHaveLength(2);
  expect(sim.stats()).toMatchObject({ byKind: { login: 1, 'vm-list': 2 }, byStatus: { 200: 2, 401: 1 } });
});
