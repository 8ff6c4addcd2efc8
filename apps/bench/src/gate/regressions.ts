import type { BenchmarkComparison } from '../compare/compare-benchmarks.ts';
import { countChange, intervalWords } from '../compare/words.ts';
import { change, percent } from '../report/format.ts';
import type { Reason } from './reason.ts';

/**
 * What became worse: a time that is longer by more than the threshold with its whole interval (so that neither noise nor
 * the number of benchmarks explains it), and counts, exactly.
 */
export function regressions(benchmarks: readonly BenchmarkComparison[], threshold: number): Reason[] {
  return benchmarks.flatMap((one) => [...slower(one, threshold), ...worseCounts(one)]);
}

function slower(one: BenchmarkComparison, threshold: number): Reason[] {
  const { benchmark, time } = one;
  if (time === null || time.low <= 1 + threshold) return [];
  const to = time.of === 'ratio' ? ` in its ratio to ${time.against}` : '';
  const text = `slower by ${change(time.ratio).replace('+', '')}${to}, interval ${intervalWords(one)}, threshold ${percent(threshold)}`;
  return [{ rule: 'slower', benchmark, text }];
}

function worseCounts({ benchmark, counts }: BenchmarkComparison): Reason[] {
  const worse = counts.filter(({ change }) => change === 'worse');
  if (worse.length === 0) return [];
  return [{ rule: 'counts', benchmark, text: worse.map(countChange).join(', ') }];
}
