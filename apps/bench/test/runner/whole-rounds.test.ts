import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { result } from '../support/bench.ts';
import { counting, folder, suiteText } from '../support/folder.ts';

test('each repetition is a round, and those that warm up are none', async () => {
  const cwd = folder({ 'benchmarks/s.bench.mjs': suiteText(`{ name: 'c', rounds: 7, sides: [${counting}] }`) });
  const { benchmarks, complete, suites, build } = await result(cwd);
  expect(complete).toBe(true);
  expect(suites).toEqual([{ suite: 's', status: 'done', error: null }]);
  expect(build).toEqual({ name: 'new', commit: null });
  const [one] = benchmarks;
  expect(one).toMatchObject({
    benchmark: 's/c/counting',
    suite: 's',
    comparison: 'c',
    side: 'counting',
    against: null,
    iterations: 7,
    launches: 1,
    rounds: [3, 4, 5, 6, 7, 8, 9],
    cache_stats: null,
    calls: null,
    handshakes: null,
    resource_usage: { peak_memory_mb: null, cpu_percent: null },
  });
  expect(one!.stats).toMatchObject({ mean: 6, median: 6, min: 3, max: 9 });
  expect(one!.stats.p95).toBeCloseTo(8.7, 10);
  expect(one!.stats.stddev).toBeCloseTo(Math.sqrt(28 / 6), 10);
  expect(one!.detectable_change).toBeGreaterThan(0);
});

test('--rounds stands above what the suite says', async () => {
  const cwd = folder({ 'benchmarks/s.bench.mjs': suiteText(`{ name: 'c', sides: [${counting}] }`) });
  expect((await result(cwd)).benchmarks[0]!.rounds).toHaveLength(30);
  const { benchmarks } = await result(cwd, '--rounds', '1');
  expect(benchmarks[0]!.rounds).toEqual([2]);
  expect(benchmarks[0]!.detectable_change).toBeNull();
});

test('counts are of one repetition', async () => {
  const cwd = folder({
    'benchmarks/s.bench.mjs': suiteText(
      `{ name: 'c', rounds: 4, sides: [
        { name: 'a', whole: async () => ({ seconds: 1, counts: { calls: 3, handshakes: 2, cacheHits: 9, cacheMisses: 1 } }) },
        { name: 'b', whole: async () => ({ seconds: 1, counts: { calls: 0, cacheHits: 0 } }) } ] }`,
    ),
  });
  const [a, b] = (await result(cwd)).benchmarks;
  expect(a).toMatchObject({ calls: 3, handshakes: 2, cache_stats: { hits: 9, misses: 1, hit_ratio: 0.9 } });
  expect(b).toMatchObject({ calls: 0, handshakes: null, cache_stats: { hits: 0, misses: 0, hit_ratio: 1 } });
});

test('the processes of a side are observed in repetitions of their own', async () => {
  const cwd = folder({
    'benchmarks/s.bench.mjs': suiteText(
      `{ name: 'c', rounds: 6, sides: [{ name: 'node', whole: async () => {
        const run = await runProcess(process.execPath, ['-e', 'globalThis.kept = Buffer.alloc(100e6, 1)']);
        appendFileSync('log', run.peakMemoryMb === undefined ? 't' : 'p');
        return run;
      } }] }`,
    ),
    log: '',
  });
  const { benchmarks } = await result(cwd);
  expect(readFileSync(`${cwd}/log`, 'utf8')).toBe('ttttttttppppp');
  expect(benchmarks[0]!.rounds).toHaveLength(6);
  expect(benchmarks[0]!.resource_usage.peak_memory_mb).toBeGreaterThan(100);
  expect(benchmarks[0]!.resource_usage.cpu_percent).toBeGreaterThan(0);
});
