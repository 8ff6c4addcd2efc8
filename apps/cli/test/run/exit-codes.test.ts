import { expect, test } from 'vitest';
import { configureSsh, fleetOfMachines } from '../support/machines.ts';

test('0 where all went well, 1 where some failed', async () => {
  const { azfleet } = await fleetOfMachines(3);
  expect((await azfleet(['run', '--all', '--', 'true'])).exitCode).toBe(0);
  expect((await azfleet(['run', '--all', '--', 'exit 3'])).exitCode).toBe(1);
});

test('1 where one of several cannot be reached', async () => {
  const { azfleet, ssh } = await fleetOfMachines(3);
  ssh.inject('vm-02', 'refuse');
  const { exitCode, stderr } = await azfleet(['run', '--all', '--', 'true']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^vm-02: cannot connect: the connection was refused \(127\.\d+\.\d+\.\d+:\d+\)/m);
  expect(stderr).toMatch(/^2 ok · 1 unreachable · \d+\.\d s$/m);
});

test('3 where nothing was selected, and where all that was selected is not running', async () => {
  const { azfleet, sim } = await fleetOfMachines(2);
  const none = await azfleet(['run', 'nobody-*', '--', 'true']);
  expect([none.exitCode, none.stderr]).toEqual([3, "azfleet: no machine matches; see 'azfleet list'\n"]);
  for (const { name } of sim.fleet.machines()) sim.fleet.change(name, { powerState: 'deallocated' });
  const skipped = await azfleet(['run', '--all', '--refresh', '--', 'true']);
  expect(skipped.exitCode).toBe(3);
  expect(skipped.stderr).toMatch(/^0 ok · 2 skipped \(deallocated\) · \d+\.\d s\n$/);
});

test('5 where all went well on machines of an incomplete listing', async () => {
  const { azfleet, sim } = await fleetOfMachines(2);
  sim.inject({ kind: 'public-ip-list', status: 403 });
  const { exitCode, stdout, stderr } = await azfleet(['run', '--all', '--', 'hostname']);
  expect(exitCode).toBe(5);
  expect(stdout.split('\n').toSorted()).toEqual(['', 'vm-01: vm-01', 'vm-02: vm-02']);
  expect(stderr).toMatch(/^azfleet: subscription .* \(public-ip\): /);
});

test('5 where the listing itself cannot be had', async () => {
  const { azfleet, sim } = await fleetOfMachines(2);
  await sim.close();
  const { exitCode, stdout } = await azfleet(['run', '--all', '--', 'hostname']);
  expect([exitCode, stdout]).toEqual([5, '']);
});

test('124 where every failure was a time-out, of the command or of the connect', async () => {
  const { azfleet, ssh } = await fleetOfMachines(3);
  const slow = await azfleet(['run', '--all', '--timeout', '50ms', '--', 'sleep 30']);
  expect(slow.exitCode).toBe(124);
  expect(slow.stderr).toMatch(/^vm-\d\d: timed out: not finished after 50 ms\. Allow longer with --timeout\.$/m);
  ssh.inject('vm-01', 'silent');
  const dead = await azfleet(['run', '--all', '--connect-timeout', '300ms', '--', 'true']);
  expect(dead.exitCode).toBe(124);
  expect(dead.stderr).toMatch(/^2 ok · 1 timed out · /m);
  const both = await azfleet(['run', '--all', '--connect-timeout', '300ms', '--', 'false']);
  expect(both.exitCode).toBe(1);
});

test('at least 1 where a name is not there: the others are run on', async () => {
  const { azfleet } = await fleetOfMachines(2);
  const { exitCode, stdout, stderr } = await azfleet(['run', 'vm-01', 'nobody', '--', 'hostname']);
  expect([exitCode, stdout]).toEqual([1, 'vm-01: vm-01\n']);
  expect(stderr).toContain("no machine is called 'nobody'");
  expect((await azfleet(['run', 'nobody', '--', 'hostname'])).exitCode).toBe(3);
});

test('1 where a jump host is not there, and no machine can be reached', async () => {
  const fleet = await fleetOfMachines(2);
  configureSsh(fleet, ['jump = "127.0.0.1:1"']);
  const { exitCode, stderr } = await fleet.azfleet(['run', '--all', '--', 'true']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('0 ok · 2 unreachable');
});
