import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ResultFile } from '../../src/result/result.ts';
import { result } from '../support/bench.ts';
import { folder, suiteText } from '../support/folder.ts';

function measured(comparison: string, prelude = ''): Promise<ResultFile> {
  return result(folder({ 'benchmarks/s.bench.mjs': suiteText(comparison, prelude) }));
}

test('each round is a short run of many calls', async () => {
  const { benchmarks } = await measured(
    `{ name: 'c', rounds: 3, sides: [{ name: 'a', operation: () => Math.hypot(3, 4) }] }`,
  );
  const [{ rounds, iterations, stats, resource_usage }] = benchmarks as [(typeof benchmarks)[0]];
  expect(rounds).toHaveLength(3);
  expect(iterations).toBeGreaterThan(3);
  expect(stats.min).toBeGreaterThanOrEqual(0);
  expect(stats.median).toBeGreaterThanOrEqual(stats.min);
  expect(stats.p99).toBeGreaterThanOrEqual(stats.p95);
  expect(stats.max).toBeGreaterThanOrEqual(stats.p99);
  expect(resource_usage.peak_memory_mb).toBeNull();
  expect(resource_usage.cpu_percent).toBeGreaterThan(0);
});

test('every call that counts is counted, and none that does not', async () => {
  const { benchmarks } = await measured(
    `{ name: 'c', rounds: 3, sides: [{
      name: 'a',
      beforeRound: () => { calls += 1000; },
      operation: async () => { calls += 2; hits += 3; await null; },
      takeCounts: () => { const counts = { calls, cacheHits: hits, cacheMisses: 0 }; calls = 0; hits = 0; return counts; },
    }] }`,
    'let [calls, hits] = [0, 0];',
  );
  expect(benchmarks[0]).toMatchObject({
    calls: 2,
    handshakes: null,
    cache_stats: { hits: 3, misses: 0, hit_ratio: 1 },
  });
});

test('an operation that answers with a promise is awaited: two calls never overlap', async () => {
  const { suites, benchmarks } = await measured(
    `{ name: 'c', rounds: 2, sides: [{
      name: 'a',
      operation: async () => {
        if (running) throw new Error('they overlap');
        running = true;
        await new Promise((resolve) => setImmediate(resolve));
        running = false;
      },
    }] }`,
    'let running = false;',
  );
  expect(suites[0]).toEqual({ suite: 's', status: 'done', error: null });
  expect(benchmarks[0]!.iterations).toBeGreaterThanOrEqual(2);
});

test('beforeRound comes before each round', async () => {
  const log = join(folder(), 'log');
  await measured(
    `{ name: 'c', rounds: 3, launches: 1, sides: [{
      name: 'a',
      beforeRound: () => { ready = true; appendFileSync(${JSON.stringify(log)}, 'x'); },
      operation: () => { if (!ready) throw new Error('not ready'); },
      takeCounts: () => { return {}; },
    }] }`,
    'let ready = false;',
  );
  // The first call, two trials, two rounds of warm-up, three rounds.
  expect(readFileSync(log, 'utf8')).toBe('xxxxxxxx');
});

test('the ratio is to the side that the comparison names, and to none where that is missing', async () => {
  const sides = `{ name: 'a', operation: () => 1 }, { name: 'b', operation: () => 2 }`;
  const { benchmarks } = await measured(
    `{ name: 'c', against: 'b', rounds: 2, sides: [${sides}] },
     { name: 'd', against: 'gone', rounds: 2, sides: [{ name: 'a', operation: () => 1 }, { name: 'gone', missing: 'not here' }] }`,
  );
  expect(benchmarks.map(({ benchmark, against }) => [benchmark, against])).toEqual([
    ['s/c/a', 's/c/b'],
    ['s/c/b', null],
    ['s/d/a', null],
  ]);
});
