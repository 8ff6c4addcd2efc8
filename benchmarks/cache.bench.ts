// The cache beside what there is to do without it, at 10, 1,000 and 10,000 entries of 10 KB: reading and parsing a plain
// file, and writing one atomically (exclusive temporary file, rename). Both in the same run, in turn. Bound: 1.3 times.
import { Cache, type CacheNamespace } from '@azfleet/cache';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Pairs, type Side, measurePairs, spread } from './cache/pairs.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 20);
const PROCESSES = Number(process.env['PROCESSES'] ?? 30);
const ITERATIONS = 200;
const SUSTAINED_SETS = 10_000;

interface Contestants {
  entries: number;
  cache: Cache;
  namespace: CacheNamespace;
  cacheDirectory: string;
  plainDirectory: string;
  value: unknown;
}

console.log(
  `Node ${process.version}; medians of ${ROUNDS} rounds of ${ITERATIONS}, or of ${PROCESSES} processes [quartiles]; bound 1.30 ×`,
);
for (const entries of [10, 1000, 10_000]) await measure(entries);

async function measure(entries: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-cache-'));
  try {
    const contestants = await fill(directory, entries);
    console.log(`\n${entries} entries of ${JSON.stringify(contestants.value).length} bytes`);
    report('get, in a fresh process', 'ms', freshProcesses(contestants));
    report('get', 'µs', await measurePairs(...getting(contestants), ROUNDS, ITERATIONS));
    report('readSync', 'µs', await measurePairs(...readingSync(contestants), ROUNDS, ITERATIONS));
    const sets = await measurePairs(...setting(contestants), ROUNDS, ITERATIONS);
    report('set', 'µs', sets);
    report('set, sweeps included', 'µs', withUpkeep(sets, await upkeepOfASet(contestants)));
    await upkeep(contestants);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function fill(directory: string, entries: number): Promise<Contestants> {
  const cacheDirectory = join(directory, 'cache');
  const plainDirectory = join(directory, 'plain');
  mkdirSync(plainDirectory);
  const value = Array.from({ length: 50 }, (_, index) => machine(index));
  // Room for all of them, and less than as much again, so that sweeps are part of the work.
  const cache = new Cache({ directory: cacheDirectory, maxBytes: Math.max(64 * 1024 * 1024, entries * 20_000) });
  const namespace = cache.namespace({ kind: 'bench', scope: ['cloud'], policy: { freshMs: 3_600_000 } });
  for (let index = 0; index < entries; index += 1) {
    if (!(await namespace.set(keyOf(index), value))) throw new Error('an entry was not kept');
    writeFileSync(join(plainDirectory, `${keyOf(index)}.json`), JSON.stringify(value));
  }
  await cache.close();
  return { entries, cache, namespace, cacheDirectory, plainDirectory, value };
}

function machine(index: number): unknown {
  return {
    id: `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-web/providers/Microsoft.Compute/virtualMachines/vm-${index}`,
    size: 'Standard_B2s',
    state: 'running',
    tags: { env: 'prod', n: index },
  };
}

function keyOf(index: number): string {
  return `vm-${index}`;
}

/** Keys in an order that has nothing to do with that of the files; the same for both sides. */
function keys(entries: number): () => string {
  let step = 0;
  return () => keyOf((step++ * 7919) % entries);
}

function getting({ namespace, plainDirectory, entries }: Contestants): [Side, Side] {
  const [ours, plain] = [keys(entries), keys(entries)];
  return [
    async () => (await namespace.get(ours()))!.value,
    async () => JSON.parse(readFileSync(join(plainDirectory, `${plain()}.json`), 'utf8')) as unknown,
  ];
}

function readingSync({ namespace, plainDirectory, entries }: Contestants): [Side, Side] {
  const [ours, plain] = [keys(entries), keys(entries)];
  return [
    () => namespace.readSync(ours())!.value,
    () => JSON.parse(readFileSync(join(plainDirectory, `${plain()}.json`), 'utf8')) as unknown,
  ];
}

function setting({ namespace, plainDirectory, entries, value }: Contestants): [Side, Side] {
  const [ours, plain] = [keys(entries), keys(entries)];
  let writes = 0;
  return [
    () => namespace.set(ours(), value),
    async () => {
      const path = join(plainDirectory, `${plain()}.json`);
      const temporary = `${path}.${process.pid}-${writes++}.tmp`;
      writeFileSync(temporary, JSON.stringify(value), { flag: 'wx', mode: 0o600 });
      renameSync(temporary, path);
    },
  ];
}

/**
 * What the sweeps that sets bring about add to each of them, in microseconds. They wait until the event loop turns, which
 * is at the end of a batch here, and are timed by themselves: the disk's own unrest is many times what they take.
 */
async function upkeepOfASet(contestants: Contestants): Promise<number> {
  const [set] = setting(contestants);
  let sweepingMs = 0;
  for (let index = 1; index <= SUSTAINED_SETS; index += 1) {
    await set();
    if (index % 100 !== 0) continue;
    const started = performance.now();
    await contestants.cache.close();
    sweepingMs += performance.now() - started;
  }
  return (sweepingMs * 1000) / SUSTAINED_SETS;
}

function withUpkeep({ ours, plain }: Pairs, upkeepUs: number): Pairs {
  const all = ours.map((us) => us + upkeepUs);
  return { ours: all, plain, ratios: all.map((us, round) => us / plain[round]!) };
}

function freshProcesses({ entries, cacheDirectory, plainDirectory }: Contestants): Pairs {
  const pairs: Pairs = { ours: [], plain: [], ratios: [] };
  for (let index = -2; index < PROCESSES; index += 1) {
    const key = keyOf(Math.abs(index) % entries);
    const ours = (): number => wallMs([script('fresh-get.mjs'), cacheDirectory, key]);
    const plain = (): number => wallMs([script('fresh-plain.mjs'), join(plainDirectory, `${key}.json`)]);
    const first = index % 2 === 0 ? ours() : plain();
    const second = index % 2 === 0 ? plain() : ours();
    const [oursMs, plainMs] = index % 2 === 0 ? [first, second] : [second, first];
    // The first two warm the disk up.
    if (index < 0) continue;
    pairs.ours.push(oursMs);
    pairs.plain.push(plainMs);
    pairs.ratios.push(oursMs / plainMs);
  }
  return pairs;
}

function script(name: string): string {
  return join(import.meta.dirname, 'cache', name);
}

function wallMs(args: readonly string[]): number {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - started;
}

/** What does not happen at every call, and what must cost the same at any size. */
async function upkeep({ cache, namespace }: Contestants): Promise<void> {
  const started = performance.now();
  await cache.sweep();
  const sweepMs = performance.now() - started;
  const invalidations: number[] = [];
  for (let index = 0; index < 200; index += 1) {
    const begun = performance.now();
    await cache.invalidate('bench:*');
    invalidations.push((performance.now() - begun) * 1000);
  }
  if (namespace.readSync(keyOf(0)) !== undefined) throw new Error('an invalidated entry was read');
  console.log(`  invalidate('bench:*')      ${spread(invalidations, 'µs')}`);
  console.log(`  a thorough sweep, daily    ${sweepMs.toFixed(1)} ms`);
}

function report(what: string, unit: string, { ours, plain, ratios }: Pairs): void {
  const columns = [spread(ours, unit), `plain ${spread(plain, unit)}`, `ratio ${spread(ratios, '×')}`];
  console.log(`  ${what.padEnd(26)} ${columns.map((column) => column.padEnd(32)).join('')}`.trimEnd());
}
