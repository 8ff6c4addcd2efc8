import { expect, it } from 'vitest';
import { describe, median } from '../../src/statistics/describe.ts';

it('tells the usual figures of a sample in any order', () => {
  const stats = describe([4, 1, 3, 2, 10]);
  expect(stats).toMatchObject({ mean: 4, median: 3, min: 1, max: 10 });
  expect(stats.stddev).toBeCloseTo(Math.sqrt(50 / 4), 12);
});

it('takes percentiles between two values in proportion, as R and NumPy do', () => {
  const { p95, p99 } = describe(Array.from({ length: 11 }, (_, index) => index));
  expect(p95).toBeCloseTo(9.5, 12);
  expect(p99).toBeCloseTo(9.9, 12);
});

it('knows no deviation of a single value', () => {
  expect(describe([7])).toEqual({ mean: 7, median: 7, stddev: 0, min: 7, max: 7, p95: 7, p99: 7 });
});

it('leaves a typed array as it was', () => {
  const samples = Float64Array.of(3, 1, 2);
  expect(describe(samples).median).toBe(2);
  expect([...samples]).toEqual([3, 1, 2]);
});

it('refuses an empty sample', () => {
  expect(() => describe([])).toThrow(RangeError);
});

it('takes the mean of the two in the middle as the median of an even sample', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});
