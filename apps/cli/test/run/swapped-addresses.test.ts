import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fleetOfMachines, ownKnownHosts, untilReachable } from '../support/machines.ts';

const hostnames = ['run', '--all', '--', 'hostname'];
const right = ['', 'vm-01: vm-01', 'vm-02: vm-02', 'vm-03: vm-03'];

test('swapped behind our back before the first contact: the right machines, their keys, and no warning', async () => {
  const fleet = await fleetOfMachines(3);
  expect(await fleet.azfleet(['list'])).toMatchObject({ exitCode: 0 });
  fleet.sim.fleet.swapAddresses('vm-01', 'vm-02');
  await untilReachable(fleet.sim);
  fleet.calls();
  const { exitCode, stdout, stderr } = await fleet.azfleet(hostnames);
  expect([exitCode, stdout.split('\n').toSorted()]).toEqual([0, right]);
  expect(stderr).toMatch(/^3 ok · \d+\.\d s\n$/);
  expect(fleet.calls()).toBe(4);
  const known = readFileSync(ownKnownHosts(fleet), 'utf8').trim().split('\n').toSorted();
  const machines = fleet.sim.fleet.machines();
  expect(known).toEqual(machines.map(({ vmId, id }) => `azfleet-${vmId} ${fleet.ssh.hostKey(id)}`).toSorted());
});

test('swapped after their keys are known: the right machines, and no warning', async () => {
  const fleet = await fleetOfMachines(3);
  await fleet.azfleet(hostnames);
  const known = readFileSync(ownKnownHosts(fleet), 'utf8');
  fleet.sim.fleet.swapAddresses('vm-01', 'vm-02');
  await untilReachable(fleet.sim);
  fleet.calls();
  const { exitCode, stdout, stderr } = await fleet.azfleet(hostnames);
  expect([exitCode, stdout.split('\n').toSorted()]).toEqual([0, right]);
  expect(stderr).toMatch(/^3 ok · \d+\.\d s\n$/);
  expect(fleet.calls()).toBe(4);
  expect(readFileSync(ownKnownHosts(fleet), 'utf8')).toBe(known);
});

test('without asking Azure (--offline) the wrong machine is not connected to', async () => {
  const fleet = await fleetOfMachines(3);
  await fleet.azfleet(hostnames);
  fleet.sim.fleet.swapAddresses('vm-01', 'vm-02');
  await untilReachable(fleet.sim);
  const { exitCode, stdout, stderr } = await fleet.azfleet(['run', '--all', '--offline', '--', 'hostname']);
  expect([exitCode, stdout]).toEqual([1, 'vm-03: vm-03\n']);
  expect(stderr).toContain('1 ok · 2 unreachable');
});
