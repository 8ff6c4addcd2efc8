import { expect, test } from 'vitest';
import { ask } from './support/http.ts';
import { collect, sdkOf, servicePrincipal } from './support/sdk.ts';
import { start } from './support/simulators.ts';

test('the real credential signs in with a secret, and lists', async () => {
  const sim = await start({ machines: 2 });
  const { compute } = sdkOf(sim);
  expect(await collect(compute.virtualMachines.listAll())).toHaveLength(2);
  expect(sim.stats().byKind.login).toBeGreaterThan(0);
  expect(sim.stats().byKind.token).toBe(0);
});

test('a wrong secret is refused', async () => {
  const sim = await start({ machines: 1 });
  await expect(servicePrincipal(sim, 'wrong').getToken(`${sim.endpoint}/.default`)).rejects.toThrow(/AADSTS7000215/);
});

test('discovery leads to the token endpoint', async () => {
  const sim = await start({ machines: 1 });
  const tenant = sim.accounts[0].tenantId;
  const authorize = encodeURIComponent(`${sim.endpoint}/${tenant}/oauth2/v2.0/authorize`);
  const instance = await ask(sim, `/common/discovery/instance?authorization_endpoint=${authorize}&api-version=1.1`);
  const { body } = await ask(sim, instance.body.tenant_discovery_endpoint as string);
  expect(body.token_endpoint).toBe(`${sim.endpoint}/${tenant}/oauth2/v2.0/token`);
  const unknown = await ask(sim, '/nobody/v2.0/.well-known/openid-configuration');
  expect(unknown.status).toBe(400);
  const anybody = await ask(sim, '/common/discovery/instance');
  expect(anybody.body.tenant_discovery_endpoint).toContain('/common/v2.0/');
});

test.each([
  ['another grant', 'unsupported_grant_type', (f: URLSearchParams) => f.set('grant_type', 'password')],
  ['a scope without /.default', 'invalid_scope', (f: URLSearchParams) => f.set('scope', 'openid')],
  ['no scope', 'invalid_scope', (f: URLSearchParams) => f.delete('scope')],
  ['an unknown client', 'unauthorized_client', (f: URLSearchParams) => f.set('client_id', 'nobody')],
  ['no client', 'unauthorized_client', (f: URLSearchParams) => f.delete('client_id')],
  ['no secret', 'invalid_client', (f: URLSearchParams) => f.delete('client_secret')],
] as const)('%s is refused with %s', async (_, error, change) => {
  const sim = await start({ machines: 1 });
  const { clientId, clientSecret, tenantId } = sim.accounts[0];
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    scope: `${sim.endpoint}/.default`,
    client_id: clientId,
    client_secret: clientSecret,
  });
  const post = () => ask(sim, `/${tenantId}/oauth2/v2.0/token`, { method: 'POST', content: form.toString() });
  expect((await post()).status).toBe(200);
  change(form);
  const answer = await post();
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.body.error).toBe(error);
});
