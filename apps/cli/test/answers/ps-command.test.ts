import { expect, test } from 'vitest';
import { testFleet } from '../support/cli.ts';

test('all processes of the machines, as each machine lists them', async () => {
  const { azfleet } = await testFleet({ machines: 4, ssh: true });
  const { exitCode, stdout, stderr } = await azfleet(['ps', 'web-01', 'db-01']);
  expect(exitCode).toBe(0);
  const [heading, first, ...rest] = stdout.trimEnd().split('\n');
  expect(heading).toMatch(/^NAME +PID {2}USER +%CPU {2}%MEM +RSS {2}ELAPSED {2}ARGS$/);
  expect(first).toMatch(/^web-01 +1 {2}root +\d+\.\d +\d+\.\d +\d+M +\d+ d {2}\/sbin\/init$/);
  expect(rest.findLast((line) => line.startsWith('db-01'))).toMatch(/postgres: checkpointer$/);
  expect(stdout).not.toContain('ps -eww');
  expect(stderr).toMatch(/^16 processes on 2 machines · 2 ok · /m);
});

test('--top N: the busiest of all machines together, the busiest first', async () => {
  const { azfleet, sim } = await testFleet({ machines: 12, ssh: true });
  sim.ssh!.inject('web-02', 'refuse');
  const { exitCode, stdout, stderr } = await azfleet([
    'ps',
    '--all',
    '--top',
    '5',
    '-o',
    'csv',
    '--columns',
    'name,status,cpu',
  ]);
  expect(exitCode).toBe(1);
  const rows = stdout.trimEnd().split('\n').slice(1);
  expect(rows).toHaveLength(6);
  expect(rows.at(-1)).toBe('web-02,unreachable,');
  const shares = rows.slice(0, 5).map((row) => Number(row.split(',')[2]));
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  const everything = await azfleet(['ps', '--all', '-o', 'json']);
  const machines: { processes: { cpuPercent: number }[] | null }[] = JSON.parse(everything.stdout).machines;
  const all = machines.flatMap(({ processes }) => processes ?? []).map(({ cpuPercent }) => cpuPercent);
  expect(shares).toEqual(all.toSorted((a, b) => b - a).slice(0, 5));
  expect(stderr).toMatch(/^5 processes on 3 machines · 9 ok · 1 unreachable/m);
});

test('in JSON a machine that has none of the busiest has an empty list, one that did not answer none', async () => {
  const { azfleet, sim } = await testFleet({ machines: 4, ssh: true });
  sim.ssh!.inject('web-02', 'refuse');
  const { stdout } = await azfleet(['ps', '--all', '--top', '1', '-o', 'json']);
  const machines: { name: string; processes: object[] | null }[] = JSON.parse(stdout).machines;
  expect(machines.flatMap(({ processes }) => processes ?? [])).toHaveLength(1);
  expect(machines.filter(({ processes }) => processes?.length === 0)).toHaveLength(2);
  expect(machines.find(({ name }) => name === 'web-02')!.processes).toBeNull();
  const [process] = machines.flatMap(({ processes }) => processes ?? []);
  expect(process).toEqual({
    pid: expect.any(Number),
    user: expect.any(String),
    cpuPercent: expect.any(Number),
    memoryPercent: expect.any(Number),
    rssBytes: expect.any(Number),
    elapsedSeconds: expect.any(Number),
    state: 'S',
    command: expect.any(String),
    args: expect.any(String),
  });
});

test('numbers are for people in a table, and for programs everywhere else', async () => {
  const { azfleet } = await testFleet({ machines: 1, ssh: true });
  const columns = ['--columns', 'pid,rss,elapsed,state,command,args'];
  const table = await azfleet(['ps', 'web-01', ...columns]);
  expect(table.stdout).toMatch(
    /^PID +RSS {2}ELAPSED {2}STATE {2}COMMAND +ARGS\n +1 +\d+M +\d+ d {2}S +systemd +\/sbin\/init$/m,
  );
  const tsv = await azfleet(['ps', 'web-01', ...columns, '-o', 'tsv']);
  expect(tsv.stdout).toMatch(/^1\t\d{7,}\t\d{5,}\tS\tsystemd\t\/sbin\/init$/m);
});

test.each([
  [['ps'], 'ps needs machines'],
  [['ps', '--all', '--top', 'ten'], "--top 'ten' is not a whole number above 0"],
  [['ps', '--all', '--top', '0'], "--top '0' is not a whole number above 0"],
])('%j is refused', async (args, message) => {
  const { azfleet } = await testFleet({ machines: 1 });
  const { exitCode, stderr } = await azfleet(args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
