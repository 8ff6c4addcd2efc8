// Configuration and session names, loaded by a fresh process and by a running one, beside smol-toml on the same files.
// Bounds: fresh < 1 ms with 5,000 names; 10,000 names cost at most 0.5 ms more than 10; running < 0.1 ms.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { loadSettings } from '../apps/cli/src/settings/load-settings.ts';
import { sessionsFile } from '../apps/cli/src/settings/sessions.ts';

const RUNS = Number(process.env['RUNS'] ?? 40);
const directory = mkdtempSync(join(tmpdir(), 'azfleet-config-bench-'));
try {
  const homes = new Map([10, 5000, 10_000].map((names) => [names, makeHome(names)]));
  for (const home of homes.values()) settle(home);
  measureFresh(homes.get(5000)!);
  measureNames(homes.get(10)!, homes.get(10_000)!);
  await measureRunning(homes.get(5000)!);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function makeHome(names: number): string {
  const home = join(directory, `home-${names}`);
  const config = join(home, '.config', 'azfleet');
  mkdirSync(config, { recursive: true });
  const subscription = '00000000-0000-0000-0000-000000000001';
  writeFileSync(
    join(config, 'config.toml'),
    `default_context = "work"\n\n[contexts.work]\nsubscriptions = ["${subscription}"]\n\n[ssh]\nuser = "ops"\nidle_timeout = "5m"\n\n[cache]\nvm_status = "30s"\nmax_size = "64MB"\n`,
  );
  const lines = Array.from(
    { length: names },
    (_, index) =>
      `name-${index} = "/subscriptions/${subscription}/resourceGroups/rg-${index % 50}/providers/Microsoft.Compute/virtualMachines/vm-${index}"\n`,
  );
  writeFileSync(join(config, 'sessions.toml'), lines.join(''));
  return home;
}

/** Runs azfleet until the files are old enough to be kept in compiled form. */
function settle(home: string): void {
  for (let tries = 0; freshMs('azfleet', home, 'name-5') > 5 || tries < 3; tries++) if (tries > 50) return;
}

function freshMs(what: string, home: string, name: string): number {
  const script = join(import.meta.dirname, 'config', 'fresh-process.ts');
  const flags = ['--experimental-strip-types', '--no-warnings'];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, script, what, home, name], { encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return Number(stdout);
}

function measureFresh(home: string): void {
  const { ours, theirs } = inTurn(
    () => freshMs('azfleet', home, 'name-4711'),
    () => freshMs('smol-toml', home, 'name-4711'),
  );
  console.log(`fresh process, 5,000 names, ${RUNS} pairs, Node ${process.version}`);
  console.log(`      azfleet       ${spread(ours)}   (bound 1 ms)`);
  console.log(`      smol-toml     ${spread(theirs)}   ${(median(theirs) / median(ours)).toFixed(0)} times as long`);
}

function measureNames(few: string, many: string): void {
  const { ours, theirs } = inTurn(
    () => freshMs('azfleet', few, 'name-9'),
    () => freshMs('azfleet', many, 'name-9999'),
  );
  console.log(`fresh process, 10 and 10,000 names, ${RUNS} pairs`);
  console.log(`      10 names      ${spread(ours)}`);
  console.log(
    `      10,000 names  ${spread(theirs)}   ${(median(theirs) - median(ours)).toFixed(2)} ms more (bound 0.5)`,
  );
}

async function measureRunning(home: string): Promise<void> {
  const request = { env: {}, platform: process.platform, homeDirectory: home, overrides: {} } as const;
  const settings = await loadSettings(request);
  const names = sessionsFile(settings);
  await names.load();
  const { ours, theirs } = inTurn(
    () => elapsed(200, () => void (loadSettings(request), names.load())) / 200,
    () => elapsed(1, () => void parse(readFileSync(settings.paths.configFile, 'utf8'))),
  );
  // The identity alone decides: a touched file is read again.
  utimesSync(settings.paths.configFile, 1, 1);
  if (!(loadSettings(request) instanceof Promise)) throw new Error('a change was not seen');
  console.log(`running process, load() of settings and names, ${RUNS} pairs`);
  console.log(`      azfleet       ${spread(ours)}   (bound 0.1 ms)`);
  console.log(
    `      smol-toml     ${spread(theirs)}   the small file alone, ${(median(theirs) / median(ours)).toFixed(0)} times as long`,
  );
}

function elapsed(times: number, action: () => void): number {
  const started = performance.now();
  for (let index = 0; index < times; index++) action();
  return performance.now() - started;
}

/** The order changes, so that neither side always runs behind the other. */
function inTurn(measureOurs: () => number, measureTheirs: () => number): { ours: number[]; theirs: number[] } {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let index = 0; index < RUNS; index++) {
    if (index % 2 === 0) ours.push(measureOurs());
    theirs.push(measureTheirs());
    if (index % 2 === 1) ours.push(measureOurs());
  }
  return { ours, theirs };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Median, and the quartiles around it. */
function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(3);
  return `${at(0.5)} ms [${at(0.25)}-${at(0.75)}]`;
}
