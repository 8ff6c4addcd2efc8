import { expect, test } from 'vitest';
import { fleetOfMachines } from '../support/machines.ts';

test('what is not running, Windows, and what has no address is left out and counted by reason', async () => {
  const { azfleet, sim } = await fleetOfMachines(9);
  for (const [index, powerState] of (['deallocated', 'deallocating', 'stopped', 'stopping'] as const).entries()) {
    sim.fleet.change(`vm-0${index + 1}`, { powerState });
  }
  sim.fleet.change('vm-05', { os: 'Windows' });
  sim.fleet.change('vm-06', { nics: [] });
  const { exitCode, stdout, stderr } = await azfleet(['run', '--all', '-o', 'json', '--', 'hostname']);
  expect(exitCode).toBe(0);
  const { machines, summary } = JSON.parse(stdout);
  expect(summary).toMatchObject({ ok: 3, skipped: 6 });
  expect(
    machines.slice(0, 6).map(({ reason, attempts }: { reason: string; attempts: number }) => [reason, attempts]),
  ).toEqual([
    ['deallocated', 0],
    ['deallocating', 0],
    ['stopped', 0],
    ['stopping', 0],
    ['Windows', 0],
    ['no address', 0],
  ]);
  expect(stderr).toMatch(/^3 ok · 6 skipped \(deallocated, deallocating, stopped, stopping, …\) · /);
});

test('a state that is not known, and one that may be over at once, are tried', async () => {
  const { azfleet, sim } = await fleetOfMachines(2);
  sim.fleet.change('vm-01', { powerState: 'starting' });
  sim.inject({ kind: 'vm-status', status: 403 });
  const { exitCode, stdout } = await azfleet(['run', '--all', '--', 'hostname']);
  expect(stdout).toBe('vm-02: vm-02\n');
  expect(exitCode).toBe(1); // the simulator lets in only what runs
});

test('an address that could not be asked for is not "no address"', async () => {
  const { azfleet, sim } = await fleetOfMachines(2);
  sim.inject({ kind: 'nic-list', status: 403 });
  const { exitCode, stderr } = await azfleet(['run', '--all', '--', 'hostname']);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('2 skipped (address unknown)');
});
