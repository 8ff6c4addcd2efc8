import { expect, it } from 'vitest';

import { startScene } from './scene.ts';

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);

it.each([
  [1, 1],
  [100, 1],
  [1000, 5],
])('lists %i machines in four calls and their further pages', async (machines, pages) => {
  const { sim, list } = await startScene({ machines });
  const fleet = await list();
  expect(fleet.errors).toEqual([]);
  expect(fleet.vms).toHaveLength(machines);
  const { arm, byKind } = sim.stats();
  // Machines with two interfaces and those without an address make those lists longer or shorter than the list of machines.
  const networkPages = byKind['nic-list'] + byKind['public-ip-list'];
  expect(byKind).toMatchObject({
    'vm-list': pages,
    'vm-status': pages,
    'vm-instance-view': 0,
    'vm-get': 0,
    'nic-get': 0,
  });
  expect(networkPages).toBeLessThanOrEqual(2 * pages + 2);
  expect(arm).toBe(2 * pages + networkPages);
  expect(fleet.azureCalls).toBe(arm);
  expect(byKind).toMatchObject({ token: 1, metadata: 1 });
});

it('makes no call for a listing that is stored', async () => {
  const { sim, list } = await startScene({ machines: 30 });
  const cold = await list();
  sim.resetStats();
  const warm = await list();
  expect(sim.stats().total).toBe(0);
  expect(warm.vms).toEqual(cold.vms);
  expect(warm).toMatchObject({ source: 'cache', azureCalls: 0, stale: false, errors: [] });
  expect(cold).toMatchObject({ source: 'azure', azureCalls: 4, stale: false });
});

it('asks the four lists, and many subscriptions, at once', async () => {
  const { sim, list } = await startScene({ machines: 5, subscriptions: 3 });
  // Long enough for all twelve to be there before the first is answered, on a busy machine too.
  sim.inject({ path: /providers/, delayMs: 1000 });
  const subscriptions = sim.subscriptions.map(({ id }) => id);
  const fleet = await list({ subscriptions });
  expect(fleet.vms).toHaveLength(15);
  expect(fleet.parts).toHaveLength(12);
  expect(sim.stats()).toMatchObject({ arm: 12, maxInFlight: 12 });
});

it('agrees with what there is', async () => {
  const { sim, list } = await startScene({ machines: 60 });
  const fleet = await list();
  const expected = sim.fleet.machines().map((machine) => ({
    name: machine.name,
    vmId: machine.vmId,
    resourceGroup: machine.resourceGroup,
    location: machine.location,
    size: machine.size,
    os: machine.os,
    powerState: machine.powerState,
    provisioningState: machine.provisioningState,
    publicIps: machine.publicIps,
    privateIps: machine.privateIps,
    adminUsername: machine.adminUsername,
    zones: machine.zones,
    tags: machine.tags ?? {},
    timeCreated: machine.timeCreated,
  }));
  const seen = fleet.vms.map(({ id: _id, subscriptionId: _subscription, unknown: _unknown, ...vm }) => vm);
  expect(seen.toSorted(byName)).toEqual(expected.toSorted(byName));
});
