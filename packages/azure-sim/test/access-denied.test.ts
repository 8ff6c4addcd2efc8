import { expect, test } from 'vitest';
import { ask, pathsOf, tokenOf } from './support/http.ts';
import { start } from './support/simulators.ts';

test('a denied subscription answers 403, is not listed, and the others answer', async () => {
  const sim = await start({ machines: 1, subscriptions: 2 });
  const [first, second] = sim.subscriptions;
  const token = await tokenOf(sim);
  const lift = sim.deny(first?.id ?? '');
  for (const path of [pathsOf(sim).vms, pathsOf(sim).nics, pathsOf(sim).vmsOf('rg-web-prod')]) {
    const answer = await ask(sim, path, { token });
    expect(answer.status).toBe(403);
    expect(answer.body.error.code).toBe('AuthorizationFailed');
  }
  const { body } = await ask(sim, pathsOf(sim).vms, { token });
  expect(body.error.message).toContain("'Microsoft.Compute/virtualMachines/read' over scope '/subscriptions/");
  const itself = await ask(sim, pathsOf(sim).subscription, { token });
  expect(itself.body.error.message).toContain("'Microsoft.Resources/subscriptions/read'");
  const listed = await ask(sim, '/subscriptions?api-version=2022-12-01', { token });
  expect(listed.body.value).toMatchObject([{ subscriptionId: second?.id }]);
  expect((await ask(sim, pathsOf(sim, second?.id).vms, { token })).status).toBe(200);
  lift();
  expect((await ask(sim, pathsOf(sim).vms, { token })).status).toBe(200);
});

test('one account can be denied what another may read', async () => {
  const sim = await start({ machines: 1 });
  const clientId = '11111111-2222-4333-8444-AAAAAAAAAAAA';
  sim.deny(sim.subscriptions[0].id, { clientId });
  const list = async (who?: string) =>
    (await ask(sim, pathsOf(sim).vms, { token: await tokenOf(sim, { clientId: who }) })).status;
  expect(await list(clientId.toLowerCase())).toBe(403);
  expect(await list()).toBe(200);
});

test('a role on a group alone reads that group, and sees the subscription', async () => {
  const sim = await start();
  const token = await tokenOf(sim);
  sim.deny(sim.subscriptions[0].id, { exceptResourceGroups: ['RG-Web-Prod'] });
  const { vms, vmsOf, vm } = pathsOf(sim);
  expect((await ask(sim, vms, { token })).status).toBe(403);
  expect((await ask(sim, vmsOf('rg-data-prod'), { token })).status).toBe(403);
  expect((await ask(sim, vmsOf('rg-web-prod'), { token })).status).toBe(200);
  expect((await ask(sim, vm('rg-web-prod', 'web-01'), { token })).status).toBe(200);
  const listed = await ask(sim, '/subscriptions?api-version=2022-12-01', { token });
  expect(listed.body.value).toHaveLength(1);
});
