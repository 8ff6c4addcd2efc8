import { describe, expect, it } from 'vitest';
import { changeOf } from '../../src/statistics/change.ts';

const estimated = (location: number): { location: number; standardError: number; degreesOfFreedom: number } => ({
  location,
  standardError: 0.02,
  degreesOfFreedom: 40,
});

describe('changeOf', () => {
  it('is slower where the whole interval is above 1', () => {
    const change = changeOf(estimated(Math.log(1.2)), 1);
    expect(change).toMatchObject({ verdict: 'slower', ratio: expect.closeTo(1.2, 10) as number });
    expect(change.low).toBeGreaterThan(1);
  });

  it('is faster where the whole interval is below 1', () => {
    const change = changeOf(estimated(Math.log(0.8)), 1);
    expect(change.verdict).toBe('faster');
    expect(change.high).toBeLessThan(1);
  });

  it('is no difference where the interval holds 1', () => {
    expect(changeOf(estimated(0.03), 1).verdict).toBe('no difference');
  });

  it('needs more to be sure the more there are to be compared', () => {
    expect(changeOf(estimated(0.05), 1).verdict).toBe('slower');
    expect(changeOf(estimated(0.05), 100).verdict).toBe('no difference');
  });

  it('has 2.5 % of a single interval on either side', () => {
    const { low, high } = changeOf(estimated(0), 1);
    // Student's t with 40 degrees of freedom, from a printed table.
    expect(high).toBeCloseTo(Math.exp(2.021 * 0.02), 4);
    expect(low).toBeCloseTo(Math.exp(-2.021 * 0.02), 4);
  });
});
