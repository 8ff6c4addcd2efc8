import { type Change, changeOf } from '../statistics/change.ts';
import type { Estimate } from '../statistics/estimate.ts';
import type { CountChange } from './counts.ts';
import { worstFirst } from './worst-first.ts';

export interface BenchmarkComparison {
  /** `SUITE/COMPARISON/SIDE` */
  readonly benchmark: string;
  /** null: not compared. */
  readonly time: TimeChange | null;
  /** Why its time is not compared; null where it is. */
  readonly notCompared: string | null;
  /** Median seconds; of different runs for information only. null: not known. */
  readonly seconds: { readonly base: number | null; readonly new: number };
  /** Everything that is counted. */
  readonly counts: readonly CountChange[];
}

/** What is compared: the time itself, or how it stands to that of a peer, `against`, in each run. */
export type TimeChange = Change &
  (
    | { readonly of: 'time' }
    | { readonly of: 'ratio'; readonly against: string; readonly base: number; readonly new: number }
  );

/** A benchmark that both have, before it is known how many there are to be judged together. */
export interface Pair extends Pick<BenchmarkComparison, 'benchmark' | 'seconds' | 'counts'> {
  /** The log of how the new one stands to base; or why that cannot be told. */
  readonly time:
    | { readonly of: 'time'; readonly estimated: Estimate }
    | {
        readonly of: 'ratio';
        readonly estimated: Estimate;
        readonly against: string;
        readonly base: number;
        readonly new: number;
      }
    | string;
}

/** Judges all benchmarks together, so that there is at most one false alarm in twenty comparisons of them all. */
export function compareBenchmarks(pairs: readonly Pair[]): {
  readonly comparisons: number;
  /** Worst first. */
  readonly benchmarks: readonly BenchmarkComparison[];
} {
  const comparisons = pairs.filter(({ time }) => typeof time !== 'string').length;
  const benchmarks = pairs.map(({ time, ...rest }): BenchmarkComparison => {
    if (typeof time === 'string') return { ...rest, time: null, notCompared: time };
    const { estimated, ...what } = time;
    return { ...rest, time: { ...what, ...changeOf(estimated, comparisons) }, notCompared: null };
  });
  return { comparisons, benchmarks: worstFirst(benchmarks) };
}
