import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fleetOfMachines } from '../support/machines.ts';

const names = (stdout: string): string[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => line.split(':')[0]!)
    .toSorted();

test('the machines on which the last run did not end well, and no others', async () => {
  const { azfleet, ssh, sim } = await fleetOfMachines(5);
  sim.fleet.change('vm-05', { powerState: 'deallocated' });
  const repair = ssh.inject('vm-02', 'refuse');
  await azfleet(['run', '--all', '--', 'hostname']);
  repair();
  const second = await azfleet(['run', '--retry-failed', '--', 'hostname']);
  expect([second.exitCode, names(second.stdout)]).toEqual([0, ['vm-02']]);
  const third = await azfleet(['run', '--retry-failed', '--', 'hostname']);
  expect([third.exitCode, third.stderr]).toEqual([3, 'azfleet: --retry-failed: nothing failed in the last run\n']);
});

test('filters go with it', async () => {
  const { azfleet } = await fleetOfMachines(4);
  await azfleet(['run', '--all', '--', 'false']);
  const { stdout } = await azfleet(['run', '--retry-failed', '--exclude', 'vm-0[12]', '--', 'hostname']);
  expect(names(stdout)).toEqual(['vm-03', 'vm-04']);
});

test('what a halt left out is still due', async () => {
  const { azfleet } = await fleetOfMachines(4);
  await azfleet(['run', '--all', '--waves', '1', '--halt', '1', '--', 'false']);
  const { stdout } = await azfleet(['run', '--retry-failed', '--', 'hostname']);
  expect(names(stdout)).toEqual(['vm-01', 'vm-02', 'vm-03', 'vm-04']);
});

test('nothing but ids is kept, for the owner only', async () => {
  const fleet = await fleetOfMachines(2);
  await fleet.azfleet(['run', '--all', '--', 'echo secret-command; false']);
  const file = join(fleet.env['AZFLEET_STATE_DIR']!, 'last-run-sim.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const ids = fleet.sim.fleet.machines().map(({ id }) => id);
  const { version, failed } = JSON.parse(readFileSync(file, 'utf8'));
  expect([version, failed.toSorted()]).toEqual([1, ids.toSorted()]);
});

test('no earlier run, or one that cannot be read: exit code 3', async () => {
  const fleet = await fleetOfMachines(1);
  const args = ['run', '--retry-failed', '--', 'true'];
  const none = 'azfleet: --retry-failed: no earlier run is known; select machines by name, or pass --all\n';
  expect(await fleet.azfleet(args)).toMatchObject({ exitCode: 3, stderr: none });
  await fleet.azfleet(['run', '--all', '--', 'false']);
  const file = join(fleet.env['AZFLEET_STATE_DIR']!, 'last-run-sim.json');
  for (const broken of ['[[', '{"version":2,"failed":[]}', '{"version":1,"failed":[7]}']) {
    writeFileSync(file, broken);
    expect(await fleet.azfleet(args)).toMatchObject({ exitCode: 3, stderr: none });
  }
});

test('with names of its own it is refused', async () => {
  const { azfleet } = await fleetOfMachines(1);
  for (const selection of [['vm-01'], ['--all'], ['--targets-from', '-']]) {
    const { exitCode, stderr } = await azfleet(['run', '--retry-failed', ...selection, '--', 'true']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`--retry-failed and ${selection[0]} contradict each other`);
  }
});
