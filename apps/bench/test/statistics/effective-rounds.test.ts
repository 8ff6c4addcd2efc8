import { describe, expect, it } from 'vitest';
import { effectiveRounds } from '../../src/statistics/effective-rounds.ts';
import { Draw } from '../support/noise.ts';

const length = 2000;

function series(next: (before: number, draw: Draw, index: number) => number, seed = 5): Float64Array {
  const draw = new Draw(seed);
  let value = 0;
  return Float64Array.from({ length }, (_, index) => (value = next(value, draw, index)));
}

const effective = (values: Float64Array): ReturnType<typeof effectiveRounds> =>
  effectiveRounds(values, values.toSorted());

describe('effectiveRounds', () => {
  it('takes independent rounds for nearly what they are', () => {
    const { rounds, degreesOfFreedom } = effective(series((_, draw) => draw.gaussian()));
    expect(rounds / length).toBeGreaterThan(0.5);
    expect(rounds).toBeLessThanOrEqual(length);
    expect(degreesOfFreedom).toBeGreaterThanOrEqual(6);
  });

  it('takes independent rounds for nine of ten or more in the middle', () => {
    const shares = Array.from(
      { length: 99 },
      (_, seed) => effective(series((_, draw) => draw.gaussian(), seed)).rounds / length,
    );
    expect(shares.toSorted((a, b) => a - b)[49]).toBeGreaterThan(0.9);
  });

  it('takes rounds that resemble their neighbours for fewer', () => {
    const { rounds, degreesOfFreedom } = effective(series((before, draw) => 0.5 * before + draw.gaussian()));
    // (1 - r) / (1 + r) is a third.
    expect(rounds / length).toBeGreaterThan(0.15);
    expect(rounds / length).toBeLessThan(0.42);
    expect(degreesOfFreedom).toBeLessThan(0.6 * 0.42 * length);
  });

  it('takes rounds of which a stretch lies higher for fewer, though neighbours look independent', () => {
    const { rounds, degreesOfFreedom } = effective(
      series((_, draw, index) => draw.gaussian() + (index > 1400 ? 0.5 : 0)),
    );
    expect(rounds / length).toBeLessThan(0.2);
    expect(degreesOfFreedom).toBe(6);
  });

  it('does not take rounds that alternate for more', () => {
    const { rounds } = effective(series((_, draw, index) => draw.gaussian() + (index % 2) * 5));
    expect(rounds).toBe(length);
  });

  it('sees the resemblance through outliers', () => {
    const noisy = series((before, draw) => 0.7 * before + draw.gaussian());
    for (let index = 0; index < length; index += 50) noisy[index] = 1e6;
    expect(effective(noisy).rounds / length).toBeLessThan(0.3);
  });

  it('keeps a last bit of knowledge of a short series that only climbs', () => {
    const { rounds } = effective(Float64Array.from({ length: 15 }, (_, index) => index));
    expect(rounds).toBeCloseTo((15 * 0.05) / 1.95, 10);
  });

  it('takes rounds that are all the same as independent', () => {
    expect(effective(new Float64Array(10))).toEqual({
      rounds: expect.closeTo((10 * (1 - 0.258)) / 1.258, 1),
      degreesOfFreedom: 5,
    });
    expect(effective(new Float64Array(20)).degreesOfFreedom).toBe(11);
  });
});
