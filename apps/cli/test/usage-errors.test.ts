import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../src/cli.ts';
import { capturedIo } from './support/cli.ts';

const clock = { now: () => Date.now(), setTimeout: () => 0, clearTimeout: () => {} };
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'azfleet-usage-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function azfleet(...args: string[]) {
  const io = capturedIo({ HOME: home, AZFLEET_CONFIG: join(home, 'config.toml') }, clock);
  const exitCode = await run(args, io);
  return { exitCode, ...io.printed };
}

test.each([
  [['lst'], "azfleet: unknown command 'lst'; did you mean 'list'?"],
  [['frobnicate'], "azfleet: unknown command 'frobnicate'; see azfleet --help"],
  [['constructor'], "azfleet: unknown command 'constructor'"],
  [['list', '--refesh'], "azfleet: unknown flag --refesh for 'azfleet list'; did you mean '--refresh'?"],
  [['--colr', 'list'], 'azfleet: unknown flag --colr; see azfleet --help'],
  [['list', '-o', 'jsno'], "azfleet: -o 'jsno' is not one of table, json, ndjson, csv, tsv; did you mean 'json'?"],
  [['list', '--columns', 'name,stat'], "azfleet: --columns: unknown column 'stat'; did you mean 'state'?"],
  [
    ['list', '--columns', 'name', '-o', 'json'],
    'azfleet: --columns has no effect on json; use --query to pick members',
  ],
  [['list', '--columns', 'name', '--query', 'vms'], 'azfleet: --columns and --query contradict each other'],
  [['list', '--state', 'runnin'], "azfleet: --state 'runnin' is not a state; did you mean 'running'?"],
  [['list', '--context'], 'azfleet: --context needs a value: --context NAME'],
  [['list', '--context', 'work'], 'azfleet: --context: no context named "work"'],
  [['status'], 'azfleet: status needs the name of a machine'],
  [['cache'], 'azfleet: cache needs one of stats, clear, path, warm'],
  [['cache', 'stat'], "azfleet: unknown 'cache stat'; did you mean 'cache stats'?"],
  [['sim', '--machines', 'many'], "azfleet: --machines 'many' is not a whole number from 0 to 10000"],
  [['sim', '--fault', 'sttus=500'], "azfleet: --fault: unknown 'sttus'; did you mean 'status'?"],
  [['list', '--', 'x'], "azfleet: 'azfleet list' takes no '--'; see 'azfleet list --help'"],
  [['--context'], 'azfleet: --context needs a value: --context NAME'],
  [['demo', 'x'], "azfleet: demo takes no 'x'"],
  [
    ['sim', '--fault', 'kind=vm-statu,status=503'],
    "azfleet: --fault: unknown kind 'vm-statu'; did you mean 'vm-status'?",
  ],
  [['sim', '--fault', 'kind=vm-list'], "azfleet: --fault 'kind=vm-list' says not what goes wrong"],
  [['sim', 'x'], "azfleet: sim takes no 'x'"],
  [['demo', '--machines', '0'], "azfleet: --machines '0' is not a whole number from 1 to 10000"],
  [['help', 'lst'], "azfleet: unknown command 'lst'; did you mean 'list'?"],
  [['list', '--targets-from', '/nowhere/at/all'], 'azfleet: --targets-from /nowhere/at/all: cannot be read (ENOENT)'],
])('%j: one line on stderr, exit code 2', async (args, start) => {
  const { exitCode, stdout, stderr } = await azfleet(...args);
  expect(stderr.slice(0, start.length)).toBe(start);
  expect(stderr.trimEnd()).not.toContain('\n');
  expect([exitCode, stdout]).toEqual([2, '']);
});

test('bad TOML and bad values: one line a problem, with file, line and what is expected', async () => {
  const file = join(home, 'config.toml');
  writeFileSync(file, '[cache]\nvm_list = "5 parsecs"\n[ssh]\nport = "x"\n');
  const bad = await azfleet('list');
  expect(bad.exitCode).toBe(2);
  expect(bad.stdout).toBe('');
  expect(bad.stderr).toMatch(new RegExp(`${file}:2:\\d+.*vm_list.*5 parsecs`));
  expect(bad.stderr).toMatch(new RegExp(`${file}:4:\\d+.*port`));
  writeFileSync(file, '[cache\n');
  const broken = await azfleet('list');
  expect(broken.exitCode).toBe(2);
  expect(broken.stderr).toContain(`${file}:1`);
});

test('a query that is not JMESPath is told before anything is printed', async () => {
  const { exitCode, stdout, stderr } = await azfleet('list', '--query', 'vms[');
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain("--query 'vms['");
});

test('an unexpected error is told with what is needed to report it', async () => {
  const io = {
    ...capturedIo({ HOME: home }, clock),
    get homeDirectory(): string {
      throw new TypeError('boom');
    },
  };
  expect(await run(['list'], io)).toBe(1);
  expect(io.printed.stderr).toContain('this is a defect of azfleet: TypeError: boom');
});
