import { type BenchmarkComparison, compareBenchmarks, type Pair } from '../compare/compare-benchmarks.ts';
import { compareCounts } from '../compare/counts.ts';
import { changeOfRatio } from '../compare/peer-ratio.ts';
import type { BaselineFile } from './baseline-file.ts';
import { keptCounts, peerRatioOf } from './baseline-of.ts';

export interface BaselineComparison {
  readonly benchmarks: readonly BenchmarkComparison[];
  readonly onlyInBase: readonly string[];
}

/** Compares what was kept with what is measured now: counts, and ratios of ratios. Suites of only one of them are left out. */
export function compareBaselines(kept: readonly BaselineFile[], measured: readonly BaselineFile[]): BaselineComparison {
  const suites = measured.flatMap((now) => {
    const before = kept.find(({ suite }) => suite === now.suite);
    return before === undefined ? [] : [{ before, now }];
  });
  return {
    benchmarks: compareBenchmarks(suites.flatMap(({ before, now }) => pairsOf(before, now))).benchmarks,
    onlyInBase: suites.flatMap(({ before, now }) =>
      Object.keys(before.benchmarks).filter((benchmark) => now.benchmarks[benchmark] === undefined),
    ),
  };
}

function pairsOf(before: BaselineFile, now: BaselineFile): Pair[] {
  return Object.entries(now.benchmarks).flatMap(([benchmark, one]): Pair[] => {
    const other = before.benchmarks[benchmark];
    if (other === undefined) return [];
    return [
      {
        benchmark,
        seconds: { base: null, new: now.history[0]?.seconds[benchmark] ?? 0 },
        counts: compareCounts(keptCounts(other), keptCounts(one)),
        time: changeOfRatio(peerRatioOf(other), peerRatioOf(one)),
      },
    ];
  });
}
