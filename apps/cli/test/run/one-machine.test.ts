import { expect, test } from 'vitest';
import { fleetOfMachines } from '../support/machines.ts';

test('its output and its exit code are passed on, and nothing is added', async () => {
  const { azfleet } = await fleetOfMachines(2);
  expect(await azfleet(['run', 'VM-01', '--', 'echo -n no line end; exit 7'])).toMatchObject({
    exitCode: 7,
    stdout: 'no line end',
    stderr: '',
  });
});

test('255 where it cannot be connected to, 124 where its time is up', async () => {
  const { azfleet, ssh } = await fleetOfMachines(2);
  expect((await azfleet(['run', 'vm-01', '--timeout', '50ms', '--', 'sleep 30'])).exitCode).toBe(124);
  ssh.inject('vm-01', 'refuse');
  const { exitCode, stderr } = await azfleet(['run', 'vm-01', '--', 'true']);
  expect(exitCode).toBe(255);
  expect(stderr).toMatch(/^vm-01: cannot connect: the connection was refused \(.*\)\. Check that .*\n$/);
});

test('3 where it is left out, with the reason', async () => {
  const { azfleet, sim } = await fleetOfMachines(2);
  sim.fleet.change('vm-01', { powerState: 'stopped' });
  expect(await azfleet(['run', 'vm-01', '--', 'true'])).toMatchObject({
    exitCode: 3,
    stderr: 'azfleet: vm-01 is left out: stopped\n',
  });
});

test('a glob, a filter and a second name make it one of several', async () => {
  const { azfleet } = await fleetOfMachines(2);
  for (const selection of [['vm-01*'], ['vm-01', '--state', 'running'], ['vm-01', '--exclude', 'vm-02']]) {
    const { exitCode, stdout, stderr } = await azfleet(['run', ...selection, '--', 'hostname; exit 7']);
    expect([exitCode, stdout]).toEqual([1, 'vm-01: vm-01\n']);
    expect(stderr).toMatch(/^vm-01: exit 7\n0 ok · 1 failed \(exit 7\) · /);
  }
});
