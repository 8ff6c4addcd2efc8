import { describe, expect, it } from 'vitest';
import { difference, estimate } from '../../src/statistics/estimate.ts';
import { Draw } from '../support/noise.ts';

const normal = (amount: number, seed = 1): number[] => {
  const draw = new Draw(seed);
  return Array.from({ length: amount }, () => draw.gaussian());
};

describe('estimate', () => {
  it('is the mean of what is left without the highest and the lowest fifth', () => {
    expect(estimate([[1, 2, 3, 4, 5, 6, 7, 8, 9, 1000]])!.location).toBeCloseTo((3 + 4 + 5 + 6 + 7 + 8) / 6, 12);
  });

  it('counts in part what the cut goes through', () => {
    // 1.2 values of 6 are cut at each end: 0.8 of the second and of the fifth stay.
    expect(estimate([[1, 2, 3, 4, 5, 60]])!.location).toBeCloseTo((0.8 * 2 + 3 + 4 + 0.8 * 5) / 3.6, 12);
  });

  it('is not moved by an outlier, however far', () => {
    const values = normal(60);
    const near = estimate([[...values.slice(1), 10]])!;
    const far = estimate([[...values.slice(1), 1e6]])!;
    expect(far.location).toBe(near.location);
    expect(far.standardError).toBeLessThan(1.2 * near.standardError);
  });

  it('has about the standard error that the location shows over many samples', () => {
    const samples = Array.from({ length: 300 }, (_, index) => estimate([normal(60, index + 1)], 500)!);
    const squares = samples.reduce((sum, { location }) => sum + location ** 2, 0);
    const seen = Math.sqrt(squares / samples.length);
    const claimed = samples.reduce((sum, { standardError }) => sum + standardError, 0) / samples.length;
    // Cautious on purpose: independence is not taken for granted.
    expect(claimed / seen).toBeGreaterThan(1);
    expect(claimed / seen).toBeLessThan(1.3);
  });

  it('has degrees of freedom of what is not trimmed', () => {
    expect(estimate([normal(60)])!.degreesOfFreedom).toBeCloseTo(0.6 * 60 - 1, 12);
  });

  it('is repeatable to the last digit', () => {
    expect(estimate([normal(40)])).toEqual(estimate([normal(40)]));
  });

  it('needs five values', () => {
    expect(estimate([[1, 2, 3, 4]])).toBeUndefined();
    expect(estimate([[1, 2, 3, 4, 5]])).toBeDefined();
  });

  it('is certain of values that are all the same', () => {
    expect(estimate([[2, 2, 2, 2, 2, 2]])).toMatchObject({ location: 2, standardError: 0 });
  });
});

describe('estimate of rounds in several launches', () => {
  it('is the mean of the launches, each as its rounds have it', () => {
    const launches = [[1, 2, 3], [4], [6, 5], [7, 7, 7, 7, 7, 70], [8]];
    expect(estimate(launches)).toMatchObject({ location: (2 + 4 + 5.5 + 7 + 8) / 5, degreesOfFreedom: 4 });
  });

  it('has the standard error of as many values as there are launches, however many rounds they have', () => {
    const launches = Array.from({ length: 20 }, (_, launch) => normal(1, launch + 1));
    const long = launches.map(([value]) => Array.from({ length: 50 }, () => value!));
    expect(estimate(long)!.standardError / estimate(launches)!.standardError).toBeCloseTo(1, 1);
    expect(estimate(long)!.degreesOfFreedom).toBe(19);
    const values = launches.flat();
    const mean = values.reduce((sum, value) => sum + value, 0) / 20;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 19;
    expect(estimate(launches)!.standardError / Math.sqrt(variance / 20)).toBeCloseTo(1, 1);
  });

  it('takes a few launches for rounds that resemble each other', () => {
    const draw = new Draw(1);
    const launches = [0, 1, 2].map((offset) => Array.from({ length: 20 }, () => offset + 0.1 * draw.gaussian()));
    const apart = estimate(launches)!;
    const shuffled = estimate([launches[0]!.flatMap((_, round) => launches.map((own) => own[round]!))])!;
    expect(apart.standardError).toBeGreaterThan(3 * shuffled.standardError);
  });
});

describe('difference', () => {
  it('has the errors of both, and degrees of freedom between the lower and their sum', () => {
    const one = { location: 3, standardError: 3, degreesOfFreedom: 10 };
    const other = { location: 1, standardError: 4, degreesOfFreedom: 20 };
    const { location, standardError, degreesOfFreedom } = difference(one, other);
    expect({ location, standardError }).toEqual({ location: 2, standardError: 5 });
    expect(degreesOfFreedom).toBeCloseTo(625 / (81 / 10 + 256 / 20), 12);
  });

  it('of two that are certain is certain', () => {
    const certain = { location: 1, standardError: 0, degreesOfFreedom: 4 };
    expect(difference(certain, certain)).toEqual({ location: 0, standardError: 0, degreesOfFreedom: 4 });
  });
});
