import { expect, test } from 'vitest';
import { benchmarkResults } from '../../src/runner/benchmark-result.ts';
import { type RoundMeasure, thinned } from '../../src/runner/measure.ts';
import { describe as statisticsOf } from '../../src/statistics/describe.ts';

function round(samples: readonly number[]): RoundMeasure {
  const { mean, median, stddev, min, max } = statisticsOf(samples);
  const sorted = samples.toSorted((a, b) => a - b);
  return {
    iterations: samples.length,
    mean,
    median,
    variance: stddev ** 2,
    min,
    max,
    samples: thinned(sorted),
    counts: {},
  };
}

const record = (rounds: readonly RoundMeasure[]) => ({
  suite: 's',
  comparison: 'c',
  side: 'a',
  against: null,
  timestamp: '2026-01-01T00:00:00.000Z',
  launches: 1,
  rounds: [...rounds],
  probes: [],
});

test('mean, deviation, least and greatest are exactly those of all iterations, whatever was kept of them', () => {
  const samples = Array.from({ length: 5 }, (_, index) =>
    Array.from(
      { length: 300 * (index + 1) },
      (_, call) => 1 + index + ((call * 7919) % 1000) / 1000 + (call === 5 ? 50 : 0),
    ),
  );
  const all = statisticsOf(samples.flat());
  const [result] = benchmarkResults([record(samples.map(round))], true);
  expect(result!.iterations).toBe(4500);
  expect(result!.stats.mean).toBeCloseTo(all.mean, 9);
  expect(result!.stats.stddev).toBeCloseTo(all.stddev, 9);
  expect(result!.stats).toMatchObject({ min: all.min, max: all.max });
  expect(result!.rounds).toEqual(samples.map((one) => statisticsOf(one).median));
});

test('percentiles are nearly those of all iterations, though a thousandth of them is kept', () => {
  const samples = Array.from({ length: 200_000 }, (_, call) => ((call * 7919) % 200_000) / 200_000);
  const { median, p95, p99 } = benchmarkResults([record([round(samples)])], true)[0]!.stats;
  expect(median).toBeCloseTo(0.5, 2);
  expect(p95).toBeCloseTo(0.95, 2);
  expect(p99).toBeCloseTo(0.99, 2);
});

test('of few samples all are kept, of many those that stand for equal shares', () => {
  expect(thinned([1, 2, 3], 3)).toEqual([1, 2, 3]);
  expect(thinned([1, 2, 3, 4, 5, 6, 7, 8], 4)).toEqual([2, 4, 6, 8]);
});

test('one iteration has no deviation', () => {
  expect(benchmarkResults([record([round([3])])], true)[0]!.stats).toMatchObject({ mean: 3, stddev: 0, p99: 3 });
});

test('what has no round has no result', () => {
  expect(benchmarkResults([record([])], true)).toEqual([]);
});
