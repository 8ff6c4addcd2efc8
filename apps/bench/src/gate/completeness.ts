import type { ResultFile } from '../result/result.ts';
import type { Reason } from './reason.ts';

/** What was not measured to its end: nobody knows what it hides. */
export function incompleteness({ complete, suites }: ResultFile): Reason[] {
  const reasons = suites
    .filter(({ status }) => status !== 'done')
    .map(({ suite, status, error }): Reason => {
      const why = error === null ? '' : `: ${error}`;
      return { rule: 'incomplete', benchmark: null, text: `the suite ${suite} ${WORDS[status]}${why}` };
    });
  if (!complete && reasons.length === 0) {
    reasons.push({ rule: 'incomplete', benchmark: null, text: 'the run was interrupted: not everything was measured' });
  }
  return reasons;
}

const WORDS = { done: '', failed: 'failed', interrupted: 'was interrupted' } as const;

/** Benchmarks that base has and the new run lost. A peer that is not installed says so itself, and is let through. */
export function lostBenchmarks(onlyInBase: readonly string[], { missing, suites }: ResultFile): Reason[] {
  const named = new Set(missing.map(({ benchmark }) => benchmark));
  // Those of a suite that did not end are not lost, but not reached.
  const unfinished = new Set(suites.filter(({ status }) => status !== 'done').map(({ suite }) => suite));
  return onlyInBase
    .filter((benchmark) => !named.has(benchmark) && !unfinished.has(benchmark.split('/')[0]!))
    .map((benchmark) => ({ rule: 'missing', benchmark, text: 'is in base, and was not measured now' }));
}
