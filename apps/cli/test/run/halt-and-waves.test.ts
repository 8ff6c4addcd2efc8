import { expect, test } from 'vitest';
import { fleetOfMachines } from '../support/machines.ts';

const statuses = (stdout: string): Record<string, number> => JSON.parse(stdout).summary;

test('--waves: one machine, then a tenth, then the rest, each after the one before', async () => {
  const { azfleet } = await fleetOfMachines(20);
  const args = ['run', '--all', '--waves', '1,10%,100%', '-o', 'ndjson', '--', 'hostname'];
  const { exitCode, stdout } = await azfleet(args);
  expect(exitCode).toBe(0);
  const names = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).name as string);
  expect(names).toHaveLength(20);
  // The first is done before any other starts, and so are the next two.
  expect(names[0]).toBe('vm-01');
  expect(names.slice(1, 3).toSorted()).toEqual(['vm-02', 'vm-03']);
});

test('--halt with --waves: the first wave fails, and no other is started', async () => {
  const { azfleet, sim } = await fleetOfMachines(20);
  const { exitCode, stdout, stderr } = await azfleet([
    'run',
    '--all',
    '--waves',
    '1,100%',
    '--halt',
    '1',
    '-o',
    'json',
    '--',
    'false',
  ]);
  expect(exitCode).toBe(1);
  expect(statuses(stdout)).toMatchObject({ ok: 0, failed: 1, skipped: 19 });
  expect(stderr).toContain('azfleet: halted, since 1 failed\n');
  expect(stderr).toContain('19 skipped (halted)');
  expect(sim.stats().ssh!.commands).toBe(1);
});

test('--halt by a share, which with waves is one of the wave', async () => {
  const { azfleet, sim } = await fleetOfMachines(10);
  const { stdout, stderr } = await azfleet([
    'run',
    '--all',
    '--waves',
    '4,100%',
    '--halt',
    '50%',
    '-o',
    'json',
    '--',
    'false',
  ]);
  expect(statuses(stdout)).toMatchObject({ failed: 4, skipped: 6 });
  expect(stderr).toMatch(/azfleet: halted, since 2 of 4 failed/);
  expect(sim.stats().ssh!.commands).toBe(4);
});

test('fewer failures than --halt says: all are run', async () => {
  const { azfleet, ssh } = await fleetOfMachines(10);
  ssh.inject('vm-03', 'refuse');
  const { exitCode, stdout } = await azfleet(['run', '--all', '--halt', '20%', '-o', 'json', '--', 'true']);
  expect(exitCode).toBe(1);
  expect(statuses(stdout)).toMatchObject({ ok: 9, unreachable: 1, skipped: 0 });
});
