import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, test } from 'vitest';
import { ask, pathsOf, tokenOf } from './support/http.ts';
import { start } from './support/simulators.ts';

test('requests are counted by kind and by status', async () => {
  const sim = await start();
  const token = await tokenOf(sim);
  const { vms, vmStatus, vmsOf, vm, nics, publicIps, subscription, version, group } = pathsOf(sim);
  const network = (type: string, name: string): string =>
    `${group('rg-web-prod')}/providers/Microsoft.Network/${type}${name}?${version}`;
  const targets = [
    vms,
    vmStatus,
    vmStatus,
    vmsOf('rg-web-prod'),
    vm('rg-web-prod', 'web-01'),
    vm('rg-web-prod', 'web-01', '/instanceView'),
    vm('rg-web-prod', 'nope'),
    nics,
    network('networkInterfaces', ''),
    network('networkInterfaces', '/web-01VMNic'),
    publicIps,
    network('publicIPAddresses', ''),
    network('publicIPAddresses', '/web-01PublicIP'),
    subscription,
    `/subscriptions?${version}`,
    `/tenants?${version}`,
    `${group('rg-web-prod')}?${version}`,
    `/subscriptions/${sim.subscriptions[0].id}/resourcegroups?${version}`,
    `/elsewhere?${version}`,
    `/metadata/endpoints?${version}`,
    '/common/discovery/instance',
  ];
  for (const target of targets) await ask(sim, target, { token });
  const { total, arm, byKind, byStatus } = sim.stats();
  expect(byKind).toEqual({
    token: 1,
    metadata: 1,
    login: 1,
    tenants: 1,
    subscriptions: 2,
    'resource-groups': 2,
    other: 1,
    'vm-list': 1,
    'vm-status': 2,
    'vm-list-group': 1,
    'vm-get': 2,
    'vm-instance-view': 1,
    'nic-list': 1,
    'nic-list-group': 1,
    'nic-get': 1,
    'public-ip-list': 1,
    'public-ip-list-group': 1,
    'public-ip-get': 1,
  });
  expect(total).toBe(targets.length + 1);
  expect(arm).toBe(total - 3);
  expect(byStatus).toEqual({ 200: total - 2, 404: 2 });
});

test('counting can start again', async () => {
  const sim = await start({ machines: 1 });
  await tokenOf(sim);
  sim.resetStats();
  expect(sim.stats()).toMatchObject({ total: 0, arm: 0, byStatus: {}, maxInFlight: 0 });
  await tokenOf(sim);
  expect(sim.stats()).toMatchObject({ total: 1, arm: 0, byStatus: { 200: 1 }, maxInFlight: 1 });
});

test('each request is announced, without its token', async () => {
  const sim = await start({ machines: 1 });
  const messages: unknown[] = [];
  const listen = (message: unknown): void => void messages.push(message);
  subscribe('azfleet:azure-sim:request', listen);
  const token = await tokenOf(sim);
  const target = pathsOf(sim).vms;
  await ask(sim, target, { token });
  await expect.poll(() => messages.length).toBe(2);
  unsubscribe('azfleet:azure-sim:request', listen);
  expect(messages[1]).toEqual({
    kind: 'vm-list',
    method: 'GET',
    target,
    outcome: '200',
    durationMs: expect.any(Number),
  });
  expect(JSON.stringify(messages)).not.toContain(token);
  expect(JSON.stringify(messages)).not.toContain(sim.env['IDENTITY_HEADER']);
});
