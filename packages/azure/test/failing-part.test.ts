import { expect, it } from 'vitest';

import { startScene } from './scene.ts';

it.each([
  ['vm-status', ['powerState']],
  ['nic-list', ['publicIps', 'privateIps']],
  ['public-ip-list', ['publicIps']],
] as const)('leaves its columns unknown when %s fails, and says so', async (kind, unknown) => {
  const { sim, list } = await startScene({ machines: 0 });
  sim.fleet.add({ name: 'vm-1', publicIps: ['198.51.100.1'] });
  sim.inject({ kind, status: 400 });
  const fleet = await list();
  expect(fleet.vms).toHaveLength(1);
  expect(fleet.vms[0]?.unknown).toEqual(unknown);
  expect(fleet.parts).toHaveLength(3);
  expect(fleet.errors).toEqual([
    expect.objectContaining({ kind: kind.replace('-list', ''), status: 400, category: 'azure' }),
  ]);
});

it('shows what the status knows when the list of machines fails', async () => {
  const { sim, list } = await startScene({ machines: 3 });
  sim.inject({ kind: 'vm-list', status: 400 });
  const fleet = await list();
  expect(fleet.vms.map((vm) => vm.name)).toEqual(sim.fleet.machines().map((machine) => machine.name));
  expect(fleet.errors).toEqual([expect.objectContaining({ kind: 'vm-list' })]);
});

it('is not stored as a whole, and fetches only what failed the next time', async () => {
  const { sim, list } = await startScene({ machines: 3 });
  const remove = sim.inject({ kind: 'nic-list', status: 400 });
  await list();
  remove();
  sim.resetStats();
  const fleet = await list();
  expect(fleet.errors).toEqual([]);
  expect(sim.stats()).toMatchObject({ arm: 1, byKind: { 'nic-list': 1 } });
});
