import type { SimMachine } from '@azfleet/azure-sim';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fleetOfMachines, untilReachable } from '../support/machines.ts';

/** Machines whose addresses and keys are known, from a listing that is in the cache. */
async function knownFleet(count: number) {
  const fleet = await fleetOfMachines(count);
  await fleet.azfleet(['run', '--all', '--', 'true']);
  fleet.calls();
  return fleet;
}

test('a machine that cannot be connected to and was deallocated since is left out, and no failure', async () => {
  const fleet = await knownFleet(3);
  fleet.sim.fleet.change('vm-02', { powerState: 'deallocated' });
  await new Promise((resolve) => setImmediate(resolve));
  const { exitCode, stderr } = await fleet.azfleet(['run', '--all', '--', 'true']);
  expect([exitCode, fleet.calls()]).toEqual([0, 4]);
  expect(stderr).toMatch(/^2 ok · 1 skipped \(deallocated\) · /);
});

test('a machine that is no longer there is left out as gone', async () => {
  const fleet = await knownFleet(3);
  fleet.sim.fleet.remove('vm-02');
  await new Promise((resolve) => setImmediate(resolve));
  const { exitCode, stderr } = await fleet.azfleet(['run', '--all', '--', 'true']);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^2 ok · 1 skipped \(gone\) · /);
});

test('a machine that was made anew, with another key, is the new one', async () => {
  const fleet = await knownFleet(2);
  const [{ nics }] = fleet.sim.fleet.machines() as readonly [SimMachine];
  fleet.sim.fleet.remove('vm-01');
  fleet.sim.fleet.add({ name: 'vm-01', nics, vmId: '22222222-0000-4000-8000-000000000001' });
  await untilReachable(fleet.sim);
  const { exitCode, stdout, stderr } = await fleet.azfleet(['run', 'vm-01', '--', 'hostname']);
  expect([exitCode, stdout, stderr]).toEqual([0, 'vm-01\n', '']);
});

test('where Azure cannot tell either, the failure is the machine’s', async () => {
  const fleet = await knownFleet(3);
  fleet.ssh.inject('vm-02', 'refuse');
  fleet.sim.inject({ kind: 'nic-list', status: 403 });
  const { exitCode, stderr } = await fleet.azfleet(['run', '--all', '--', 'true']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^vm-02: cannot connect: the connection was refused/);
});

test('a person at a terminal gets no machines of an hour ago: Azure is asked when the cache is not fresh', async () => {
  const fleet = await knownFleet(2);
  fleet.sim.fleet.change('vm-02', { powerState: 'deallocated' });
  fleet.advance(120_000);
  const { exitCode, stderr } = await fleet.azfleet(['run', '--all', '--', 'true'], { columns: 100 });
  expect(exitCode).toBe(0);
  expect(stderr).toContain('1 skipped (deallocated)');
  expect(fleet.calls()).toBe(1);
  expect(fleet.background).toEqual([]);
});

test('--max-age lets an older listing do', async () => {
  const fleet = await knownFleet(2);
  fleet.advance(120_000);
  expect((await fleet.azfleet(['run', '--all', '--max-age', '1h', '--', 'true'])).exitCode).toBe(0);
  expect(fleet.calls()).toBe(0);
});

test('a machine that moved, with a dead one at its old address: found where it is now', async () => {
  const fleet = await knownFleet(3);
  fleet.sim.fleet.swapAddresses('vm-01', 'vm-02');
  fleet.ssh.inject('vm-02', 'silent');
  await untilReachable(fleet.sim);
  const { exitCode, stdout, stderr } = await fleet.azfleet([
    'run',
    '--all',
    '--connect-timeout',
    '3s',
    '--',
    'hostname',
  ]);
  expect([exitCode, stdout.split('\n').toSorted()]).toEqual([124, ['', 'vm-01: vm-01', 'vm-03: vm-03']]);
  expect(stderr).toMatch(/^vm-02: timed out: no SSH hand-shake within 3 s/);
  expect(fleet.calls()).toBe(4);
});

test('the same, where the limit is found from how long connects take', async () => {
  const fleet = await knownFleet(3);
  // As if earlier runs had found them to take 10 ms: the limit is then the least that there is.
  const learned = join(fleet.env['AZFLEET_STATE_DIR']!, 'learned-ssh-sim.json');
  writeFileSync(learned, JSON.stringify({ version: 1, lanes: { direct: { connectMs: 10 } } }), { mode: 0o600 });
  fleet.sim.fleet.swapAddresses('vm-01', 'vm-02');
  fleet.ssh.inject('vm-02', 'silent');
  await untilReachable(fleet.sim);
  const { exitCode, stdout, stderr } = await fleet.azfleet(['run', '--all', '--', 'hostname']);
  expect([exitCode, stdout.split('\n').toSorted()]).toEqual([124, ['', 'vm-01: vm-01', 'vm-03: vm-03']]);
  expect(stderr).toMatch(/^vm-02: timed out: no connection after 4 s/);
  expect(fleet.calls()).toBe(4);
});

test('a machine that is missing in an incomplete answer is not taken for gone', async () => {
  const fleet = await knownFleet(2);
  fleet.sim.fleet.remove('vm-02');
  fleet.sim.inject({ kind: 'vm-list', status: 403 });
  await new Promise((resolve) => setImmediate(resolve));
  const { exitCode, stderr } = await fleet.azfleet(['run', '--all', '--', 'true']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^vm-02: cannot connect: the connection was refused/);
});

test('what was learned and cannot be read costs nothing', async () => {
  const fleet = await knownFleet(2);
  const learned = join(fleet.env['AZFLEET_STATE_DIR']!, 'learned-ssh-sim.json');
  for (const broken of ['[[', '7', '{"version":1,"lanes":{"direct":null}}', '{"version":1}']) {
    writeFileSync(learned, broken, { mode: 0o600 });
    expect((await fleet.azfleet(['run', '--all', '--', 'true'])).exitCode).toBe(0);
  }
});
