import { describe, expect, it } from 'vitest';
import { detectableChange } from '../../src/statistics/detectable-change.ts';
import { Draw, noises } from '../support/noise.ts';

const start = (rounds: number): { base: number[]; next: number[] } => noises['log-normal']!(rounds, new Draw(2));

/** Fifteen processes of so many rounds; a process is up to a few percent faster or slower than the next. */
function inLaunches(length: number): number[] {
  const draw = new Draw(4);
  const offsets = Array.from({ length: 15 }, () => 0.03 * draw.gaussian());
  return offsets.flatMap((offset) => Array.from({ length }, () => 1e-5 * Math.exp(offset)));
}

describe('detectableChange', () => {
  it('of a process start is at most 10 % from file to file, among a hundred benchmarks', () => {
    const { base, next } = start(200);
    expect(detectableChange(next, base, 100)).toBeLessThanOrEqual(0.1);
  });

  it('of a process start is at most 10 % between builds side by side with fewer rounds', () => {
    expect(detectableChange(start(120).base, undefined, 20)).toBeLessThanOrEqual(0.1);
  });

  it('shrinks with the square root of the rounds', () => {
    const few = detectableChange(start(100).base, undefined, 10)!;
    const many = detectableChange(start(1600).base, undefined, 10)!;
    // By 4, and a little for what so few tell about the noise.
    expect(few / many).toBeGreaterThan(3.5);
    expect(few / many).toBeLessThan(6);
  });

  it('grows a little with the number of benchmarks', () => {
    const { base, next } = start(80);
    const one = detectableChange(next, base, 1)!;
    const hundred = detectableChange(next, base, 100)!;
    expect(hundred).toBeGreaterThan(one);
    expect(hundred).toBeLessThan(2 * one);
  });

  it('is not taken from what the machine does to all rounds', () => {
    const draw = new Draw(3);
    const steady = Array.from({ length: 100 }, () => 0.045 * Math.exp(0.05 * draw.gaussian()));
    const slowing = steady.map((seconds, index) => seconds * (1 + index / 100));
    expect(detectableChange(slowing, undefined, 10)! / detectableChange(steady, undefined, 10)!).toBeLessThan(1.1);
  });

  it('of launches that differ is as large as these make it, however long they are', () => {
    const short = detectableChange(inLaunches(2), undefined, 10, 15)!;
    expect(short).toBeGreaterThan(0.03);
    expect(short).toBeLessThan(0.12);
    expect(detectableChange(inLaunches(20), undefined, 10, 15)).toBeCloseTo(short, 2);
    expect(
      detectableChange(
        inLaunches(2),
        Array.from({ length: 30 }, () => 1e-5),
        10,
        15,
      ),
    ).toBeGreaterThan(0.03);
  });

  it('is not known of fewer than five rounds', () => {
    expect(detectableChange([1, 1, 1, 1], [1, 1, 1, 1], 10)).toBeNull();
    expect(detectableChange([1, 1, 1, 1, 1], undefined, 10)).toBeNull();
  });
});
