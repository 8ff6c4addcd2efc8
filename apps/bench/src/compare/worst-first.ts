import type { BenchmarkComparison } from './compare-benchmarks.ts';

/** What came of a benchmark as a whole: of its time and its counts. The order is that of tables. */
const OUTCOMES = ['worse', 'no difference', 'not compared', 'better'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export function outcomeOf({ time, counts }: BenchmarkComparison): Outcome {
  if (time?.verdict === 'slower' || counts.some(({ change }) => change === 'worse')) return 'worse';
  if (time?.verdict === 'faster' || counts.some(({ change }) => change === 'better')) return 'better';
  return time === null ? 'not compared' : 'no difference';
}

/** Slower ones and worse counts first, then by how much the time has grown. */
export function worstFirst(benchmarks: readonly BenchmarkComparison[]): BenchmarkComparison[] {
  return benchmarks.toSorted(
    (a, b) =>
      OUTCOMES.indexOf(outcomeOf(a)) - OUTCOMES.indexOf(outcomeOf(b)) ||
      (b.time?.ratio ?? 1) - (a.time?.ratio ?? 1) ||
      (a.benchmark < b.benchmark ? -1 : 1),
  );
}
