import { join } from 'node:path';
import { expect, test } from 'vitest';
import { oneLine } from '../../src/errors.ts';
import { parseResult, readResult } from '../../src/result/read-result.ts';
import type { BenchmarkResult, ResultFile } from '../../src/result/result.ts';
import { folder } from '../support/folder.ts';
import { resultFile } from '../support/result-files.ts';

const good = resultFile([{ name: 'cache/get/azfleet', seconds: 1e-6 }]);
const text = JSON.stringify(good, null, 2);
const [benchmark] = good.benchmarks as [BenchmarkResult];

function complaint(broken: unknown): string {
  const error = thrownBy(() => parseResult(typeof broken === 'string' ? broken : JSON.stringify(broken), 'r.json'));
  expect(error).toMatchObject({ code: 'BENCH_FILE', exitCode: 2 });
  expect(oneLine(error)).not.toContain('\n');
  return oneLine(error);
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}

test('a file that is not there, and one that is a folder', async () => {
  const path = folder();
  await expect(readResult(join(path, 'r.json'))).rejects.toThrow(`${join(path, 'r.json')} is not there`);
  await expect(readResult(path)).rejects.toThrow(`${path} cannot be read (EISDIR)`);
});

test('a file that ends in the middle is called so, wherever it ends', () => {
  for (const share of [0.1, 0.5, 0.9, 0.99]) {
    const cut = text.slice(0, Math.floor(text.length * share)).replace(/\}\s*$/, '');
    expect(complaint(cut)).toMatch(/^r\.json ends in the middle: it was not written to its end; repeat it with/);
  }
});

test.each([
  ['', 'r.json is empty'],
  ['\n', 'r.json is empty'],
  ['<html>', 'r.json is not JSON'],
  ['{"a": }', 'r.json is not JSON'],
  ['[]', 'r.json is not a result of azfleet-bench: it has no schemaVersion'],
  ['null', 'r.json is not a result of azfleet-bench: it has no schemaVersion'],
  ['{"schemaVersion": "1"}', 'r.json is not a result of azfleet-bench: it has no schemaVersion'],
])('%j is %s', (broken, expected) => {
  expect(complaint(broken)).toContain(expected);
});

test('a file of another version says which, and what to do', () => {
  expect(complaint({ ...good, schemaVersion: 2 })).toBe(
    "r.json was written by a newer azfleet-bench (schemaVersion 2, this one reads 1); upgrade with 'npm install @azfleet/bench@latest'",
  );
  expect(complaint({ ...good, schemaVersion: 0 })).toMatch(
    /^r\.json was written by an older azfleet-bench .*; repeat it with/,
  );
});

const withBenchmark = (change: object): unknown => ({ ...good, benchmarks: [{ ...benchmark, ...change }] });
const without = (key: keyof ResultFile): unknown =>
  Object.fromEntries(Object.entries(good).filter(([name]) => name !== key));

test.each<[string, unknown, RegExp]>([
  ['a field is missing', without('environment'), /: environment: /],
  ['a time is none', { ...good, startedAt: 'yesterday' }, /: startedAt: is not an ISO 8601 time/],
  [
    'a name is none',
    withBenchmark({ benchmark: 'cache' }),
    /: benchmarks\.0\.benchmark: is not SUITE\/COMPARISON\/SIDE/,
  ],
  ['a name is not that of its parts', withBenchmark({ side: 'lmdb' }), /: benchmarks\.0: is not called after/],
  ['a round is negative', withBenchmark({ rounds: [1, -1] }), /: benchmarks\.0\.rounds\.1: /],
  ['a figure is null', withBenchmark({ stats: { ...benchmark.stats, p99: null } }), /: benchmarks\.0\.stats\.p99: /],
  ['there are no rounds', withBenchmark({ rounds: [] }), /: benchmarks\.0\.rounds: /],
  [
    'a share is too large',
    withBenchmark({ cache_stats: { hits: 1, misses: 0, hit_ratio: 1.5 } }),
    /cache_stats\.hit_ratio: /,
  ],
  [
    'a benchmark is there twice',
    { ...good, benchmarks: [benchmark, benchmark] },
    /: benchmarks: name a benchmark twice/,
  ],
  ['a status is unknown', { ...good, suites: [{ suite: 'a', status: 'fine', error: null }] }, /: suites\.0\.status: /],
])('refused, with its place: %s', (_, broken, expected) => {
  expect(complaint(broken)).toMatch(/^r\.json is not a result of azfleet-bench: /);
  expect(complaint(broken)).toMatch(expected);
});
