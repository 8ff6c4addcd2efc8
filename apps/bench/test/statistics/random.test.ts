import { describe, expect, it } from 'vitest';
import { RandomIntegers } from '../../src/statistics/random.ts';

const drawn = (seed: number, limit: number, amount: number): number[] => {
  const random = new RandomIntegers(seed);
  return Array.from({ length: amount }, () => random.below(limit));
};

describe('RandomIntegers', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    expect(drawn(7, 1000, 20)).toEqual(drawn(7, 1000, 20));
    expect(drawn(7, 1000, 20)).not.toEqual(drawn(8, 1000, 20));
  });

  it('gives each number below the limit equally often', () => {
    const times = Array.from({ length: 10 }, () => 0);
    for (const number of drawn(1, 10, 100_000)) times[number]! += 1;
    const chiSquared = times.reduce((sum, seen) => sum + (seen - 10_000) ** 2 / 10_000, 0);
    // What nine degrees of freedom exceed once in a thousand.
    expect(chiSquared).toBeLessThan(27.9);
  });

  it('gives numbers that do not resemble the one before', () => {
    const numbers = drawn(3, 1000, 20_000).map((number) => number - 499.5);
    const together = numbers.slice(1).reduce((sum, number, index) => sum + number * numbers[index]!, 0);
    const squares = numbers.reduce((sum, number) => sum + number ** 2, 0);
    expect(Math.abs(together / squares)).toBeLessThan(4 / Math.sqrt(20_000));
  });
});
