import type { ResultFile } from '../../src/result/result.ts';
import { type MadeUp, resultFile } from './result-files.ts';

/** Benchmarks as azfleet's own suites have them, in a size that a pull request brings: some faster, one slower, one count worse. */
const fleetBenchmarks: readonly MadeUp[] = [
  ...[10, 1000].flatMap((machines): MadeUp[] => [
    {
      name: `start-up/list-${machines}/azfleet`,
      seconds: 0.0432,
      against: 'node-e-0',
      memoryMb: 46,
      cpuPercent: 104,
      calls: 0,
      cache: [4, 0],
    },
    { name: `start-up/list-${machines}/node-e-0`, seconds: 0.0341, memoryMb: 44, cpuPercent: 101 },
  ]),
  ...[10, 100, 1000].flatMap((machines): MadeUp[] => [
    {
      name: `vm-list/cold-${machines}/azfleet`,
      seconds: 0.39 + machines / 2500,
      against: 'az',
      memoryMb: 92 + machines / 40,
      cpuPercent: 88,
      calls: machines > 500 ? 12 : 4,
      cache: [0, 4],
    },
    {
      name: `vm-list/cold-${machines}/az`,
      seconds: 1.6 + machines * 0.12,
      spread: 0.05,
      memoryMb: 130 + machines / 20,
      cpuPercent: 61,
      calls: 1 + 3 * machines,
      rounds: machines > 500 ? 6 : 20,
    },
    {
      name: `vm-list/status-expired-${machines}/azfleet`,
      seconds: 0.21 + machines / 9000,
      memoryMb: 71,
      cpuPercent: 91,
      calls: machines > 500 ? 3 : 1,
      cache: [3, 1],
    },
  ]),
  ...[10, 10_000].flatMap((entries): MadeUp[] => [
    {
      name: `cache/get-${entries}/azfleet`,
      seconds: 1.41e-5,
      against: 'plain-file',
      spread: 0.03,
      cpuPercent: 99,
      cache: [1, 0],
    },
    { name: `cache/get-${entries}/plain-file`, seconds: 1.22e-5, spread: 0.03, cpuPercent: 99 },
    { name: `cache/get-${entries}/node-sqlite`, seconds: 8.1e-6, against: 'plain-file', spread: 0.03, cpuPercent: 99 },
    { name: `cache/get-${entries}/cacache`, seconds: 1.9e-4, against: 'plain-file', spread: 0.05, cpuPercent: 103 },
    {
      name: `cache/get-${entries}/keyv-file`,
      seconds: 3.8e-5 * Math.sqrt(entries),
      against: 'plain-file',
      spread: 0.06,
      cpuPercent: 99,
    },
  ]),
  { name: 'config-load/warm/azfleet', seconds: 6.2e-5, against: 'smol-toml', spread: 0.015, launches: 6 },
  { name: 'config-load/warm/smol-toml', seconds: 0.0021, spread: 0.02, launches: 6 },
  { name: 'session-lookup/5000-names/azfleet', seconds: 8.4e-7, spread: 0.04 },
  { name: 'ssh-connect/cold-50ms/azfleet', seconds: 0.214, against: 'ssh', memoryMb: 78, handshakes: 1 },
  { name: 'ssh-connect/cold-50ms/ssh', seconds: 0.381, memoryMb: 9.4, handshakes: 1 },
  { name: 'ssh-reuse/warm-50ms/azfleet', seconds: 0.0521, against: 'ssh-controlmaster', handshakes: 0 },
  { name: 'ssh-reuse/warm-50ms/ssh-controlmaster', seconds: 0.0609, handshakes: 0 },
  ...[10, 50, 500].flatMap((machines): MadeUp[] => [
    {
      name: `distributed-run/uptime-${machines}/azfleet`,
      seconds: 0.31 + machines / 210,
      against: 'clush',
      memoryMb: 70 + machines / 6,
      cpuPercent: 120,
      handshakes: machines,
      rounds: 12,
      spread: 0.05,
    },
    {
      name: `distributed-run/uptime-${machines}/clush`,
      seconds: 0.52 + machines / 60,
      memoryMb: 30 + machines / 2,
      cpuPercent: 190,
      handshakes: machines,
      rounds: 12,
      spread: 0.05,
    },
  ]),
  { name: 'executor/jittery-network/azfleet', seconds: 4.12, against: 'best-fixed-width', spread: 0.06, rounds: 15 },
  { name: 'executor/jittery-network/best-fixed-width', seconds: 3.98, spread: 0.06, rounds: 15 },
  {
    name: 'workflow/working-hour/azfleet',
    seconds: 2.74,
    against: 'uncached',
    memoryMb: 58,
    calls: 14,
    cache: [131, 22],
    rounds: 10,
  },
  { name: 'workflow/working-hour/uncached', seconds: 38.2, memoryMb: 61, calls: 412, cache: [0, 153], rounds: 10 },
];

const changes: Readonly<Record<string, Partial<MadeUp> & { readonly by?: number }>> = {
  'start-up/list-1000/azfleet': { by: 1.131, memoryMb: 49 },
  'cache/get-10/azfleet': { by: 0.86 },
  'cache/get-10000/azfleet': { by: 0.87 },
  'config-load/warm/azfleet': { by: 0.61 },
  'vm-list/status-expired-100/azfleet': { calls: 4, cache: [0, 4] },
  'workflow/working-hour/azfleet': { calls: 12, cache: [135, 18] },
};

const changed = fleetBenchmarks.map((one) => {
  const { by = 1, ...rest } = changes[one.name] ?? {};
  return { ...one, ...rest, seconds: one.seconds * by };
});

const missing = [
  { benchmark: 'distributed-run/uptime-50/pdsh', reason: 'not installed (Debian: pdsh)' },
  { benchmark: 'cache/get-10/lmdb', reason: 'not installed (npm: lmdb)' },
];

/** Two builds of one run, measured in turn. */
export function fleetRun(wanted: Wanted = all): { readonly now: ResultFile; readonly base: ResultFile } {
  const startedAt = '2026-03-12T09:30:00.000Z';
  const build = { name: 'base', commit: 'a81d03b' };
  return {
    now: resultFile(changed.filter(wanted), { run: 'run-12', startedAt, seed: 1, missing }),
    base: resultFile(fleetBenchmarks.filter(wanted), { run: 'run-12', startedAt, seed: 2, build, missing }),
  };
}

/** A run a week before it, oldest first; the machine is another one each time. */
export function fleetHistory(wanted: Wanted = all): ResultFile[] {
  return Array.from({ length: 11 }, (_, index) =>
    resultFile(
      fleetBenchmarks
        .filter(wanted)
        .filter((one) => index > 3 || !one.name.startsWith('ssh-'))
        .map((one) => slowed(one, index < 5 && one.against !== undefined ? 1.3 : 1)),
      {
        run: `run-${index + 1}`,
        detectable: false,
        seed: 10 + index,
        factor: 1 + 0.3 * Math.sin(index * 2),
        startedAt: new Date(Date.UTC(2025, 11, 18 + index * 7, 9, 30)).toISOString(),
        build: { name: 'new', commit: (0x3f1a20 + index * 0x9e377).toString(16) },
      },
    ),
  );
}

/** A few of the same benchmarks, for tests that need no more: one slower, one with fewer calls. */
export function smallRun(): ReturnType<typeof fleetRun> {
  return fleetRun(few);
}

export function smallHistory(): ResultFile[] {
  return fleetHistory(few).slice(-4);
}

type Wanted = (one: MadeUp) => boolean;

function all(): boolean {
  return true;
}

/** One of everything: each verdict, counts that got worse, peers, a small and a large time. */
export function variedReport(): { now: ResultFile; base: ResultFile; history: ResultFile[] } {
  return { ...fleetRun(varied), history: fleetHistory(varied) };
}

function varied({ name }: MadeUp): boolean {
  return /^(start-up\/list-1000|vm-list\/status-expired-100|config-load|session-lookup|cache\/get-10|ssh-connect|workflow)\//.test(
    name,
  );
}

function few({ name }: MadeUp): boolean {
  return name.startsWith('start-up/list-1000/') || name.startsWith('workflow/');
}

function slowed(one: MadeUp, by: number): MadeUp {
  return { ...one, seconds: one.seconds * by };
}
