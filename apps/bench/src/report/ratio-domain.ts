import type { Interval } from './view.ts';

/**
 * The part of a logarithmic axis that a chart of ratios shows: every value, 1, and of intervals as much as leaves the
 * values at least half of the room. An interval from hardly any rounds is wider than that, and is cut.
 */
export function ratioDomain(values: readonly number[], intervals: readonly Interval[]): [low: number, high: number] {
  const logs = values.filter((value) => value > 0).map(Math.log);
  const [least, most] = [Math.min(0, ...logs), Math.max(0, ...logs)];
  const room = Math.max((most - least) / 2, LEAST_ROOM);
  const low = Math.max(least - room, Math.min(least, ...intervals.map(({ low }) => Math.log(low))));
  const high = Math.min(most + room, Math.max(most, ...intervals.map(({ high }) => Math.log(high))));
  const air = Math.max((high - low) * 0.06, LEAST_AIR);
  return [Math.exp(low - air), Math.exp(high + air)];
}

/** In logarithms: 10 % and 1 %. */
const LEAST_ROOM = 0.1;
const LEAST_AIR = 0.01;

/** Round ratios on such an axis, about as many as fit: 1, 2, 5, 10 where it is long, 0.95, 1, 1.05 where it is short. */
export function ratioTicks([low, high]: readonly [low: number, high: number], most: number): number[] {
  if (high / low >= LONG_AXIS) {
    const decades = Array.from({ length: 19 }, (_, index) => index - 9);
    const sets = [[1, 2, 5], [1, 3], [1]].map((digits) =>
      decades.flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`))).filter(within),
    );
    return sets.find((ticks) => ticks.length <= most) ?? sets.at(-1)!;
  }
  const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
  const step = steps.find((size) => (high - low) / size <= most) ?? 1;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, index) =>
    Number(((first + index) * step).toFixed(3)),
  );

  function within(tick: number): boolean {
    return tick >= low && tick <= high;
  }
}

const LONG_AXIS = 4;
