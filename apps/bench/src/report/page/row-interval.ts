import type { Interval } from '../view.ts';
import { svg } from './dom.ts';

/**
 * Where ratios stand on the common axis of the list: 1 in the middle, as much to the left as to the right. Every ratio and
 * most intervals fit; the few that are wider, of benchmarks with hardly any rounds, end at the edge.
 */
export interface RowScale {
  /** The ratio at the right end; its inverse is at the left. */
  readonly end: number;
  /** 0 to 100. */
  readonly place: (ratio: number) => number;
}

export function rowScale(intervals: readonly Interval[]): RowScale {
  const ends = intervals.map(({ low, high }) => Math.max(far(low), far(high))).toSorted((a, b) => a - b);
  const usual = ends[Math.floor((ends.length - 1) * 0.8)] ?? 0;
  const furthest = Math.max(usual, ...intervals.map(({ ratio }) => far(ratio)));
  const end = ENDS.find((one) => Math.log(one) >= furthest) ?? ENDS.at(-1)!;
  const place = (ratio: number): number => 50 + 48 * Math.max(-1, Math.min(1, Math.log(ratio) / Math.log(end)));
  return { end, place };
}

/** Half and twice as much are as far from 1. */
function far(ratio: number): number {
  return Math.abs(Math.log(ratio));
}

const ENDS = [1.1, 1.25, 1.5, 2, 3, 5, 10, 30, 100];

/** A ratio and its interval as a dot on a line; in percents of the width, so that it fits any. */
export function rowInterval({ ratio, low, high }: Interval, { place }: RowScale): SVGElement {
  const at = (value: number): string => `${place(value).toFixed(2)}%`;
  return svg(
    'svg',
    { class: 'interval', 'aria-hidden': 'true', width: '100%', height: 20 },
    svg('line', { class: 'one', x1: '50%', x2: '50%', y1: 0, y2: 20 }),
    svg('line', { class: 'range', x1: at(low), x2: at(high), y1: 10, y2: 10 }),
    svg('circle', { class: 'ratio', cx: at(ratio), cy: 10, r: 4.5 }),
  );
}
