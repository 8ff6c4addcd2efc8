import type { BenchmarkResult } from '../result/result.ts';
import { peerInterval } from './peer-interval.ts';
import type { HistoryPoint } from './view.ts';

/** What an earlier run says of a benchmark; null where it has none of this name. */
export function historyPoint(benchmark: string, run: ReadonlyMap<string, BenchmarkResult>): HistoryPoint | null {
  const one = run.get(benchmark);
  if (one === undefined) return null;
  return {
    median: one.stats.median,
    ratio: peerInterval(one, run, RESAMPLES),
    peakMemoryMb: one.resource_usage.peak_memory_mb,
    hitRatio: one.cache_stats?.hit_ratio ?? null,
    calls: one.calls,
  };
}

/** There can be hundreds of runs, and an interval in a small chart needs no third digit. */
const RESAMPLES = 1000;
