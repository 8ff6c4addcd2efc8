import type { Counts } from '../suite/suite.ts';

/** What one round of one side gave. */
export interface RoundMeasure {
  readonly iterations: number;
  /** Seconds an iteration. */
  readonly median: number;
  readonly mean: number;
  /** Squared seconds, of the iterations of this round. */
  readonly variance: number;
  readonly min: number;
  readonly max: number;
  /** At most {@link SAMPLES_A_ROUND} of its iterations, spread evenly over their order by size. */
  readonly samples: readonly number[];
  /** Of all iterations together. */
  readonly counts: Counts;
  /** CPU time of this process as a share of the time that the round took. Operations only. */
  readonly cpuShare?: number;
}

/** What an extra repetition found out about the processes that it ran. */
export interface ProbeMeasure {
  readonly peakMemoryMb?: number;
  readonly cpuShare?: number;
}

/** Enough for percentiles over all rounds, and little enough to be sent. */
const SAMPLES_A_ROUND = 200;

/** Evenly spaced quantiles of samples that are in ascending order; all of them where they are few. */
export function thinned(sorted: readonly number[], most = SAMPLES_A_ROUND): number[] {
  if (sorted.length <= most) return [...sorted];
  return Array.from({ length: most }, (_, index) => sorted[Math.floor(((index + 0.5) / most) * sorted.length)]!);
}
