import { count, percent, plural, time, times } from '../report/format.ts';
import type { BenchmarkComparison } from './compare-benchmarks.ts';
import type { ComparedBuild, Comparison } from './compare.ts';
import type { CountChange } from './counts.ts';

/** What the table and the Markdown say in the same words. */

/** `slower`, `no difference`, `not compared`. */
export function verdictWords({ time: change }: BenchmarkComparison): string {
  return change?.verdict ?? 'not compared';
}

/** The two figures whose ratio is shown: times, or how each stands to its peer. */
export function figures({ time: change, seconds }: BenchmarkComparison): { base: string; new: string } {
  if (change?.of === 'ratio') return { base: times(change.base), new: times(change.new) };
  return { base: seconds.base === null ? '' : time(seconds.base), new: time(seconds.new) };
}

export function ratioWords({ time: change }: BenchmarkComparison): string {
  return change === null ? '' : times(change.ratio);
}

export function intervalWords({ time: change }: BenchmarkComparison): string {
  return change === null ? '' : `${change.low.toFixed(2)} – ${change.high.toFixed(2)}`;
}

export function detectableWords({ time: change }: BenchmarkComparison): string {
  if (change === null) return '';
  return change.detectableChange > 1 ? '> 100 %' : percent(change.detectableChange);
}

/** `calls 4 → 12, misses 0 → 8`; nothing where they are the same. */
export function countWords({ counts }: BenchmarkComparison): string {
  const changed = counts.filter(({ change }) => change !== 'equal');
  // Who reads the ratio and the misses needs no hits.
  const told = changed.some(({ count }) => count === 'hit ratio')
    ? changed.filter(({ count }) => count !== 'hits')
    : changed;
  return told.map(countChange).join(', ');
}

/** `calls 4 → 12` */
export function countChange({ count: name, base, new: now }: CountChange): string {
  const words = (value: number | null): string => {
    if (value === null) return 'not counted';
    return name === 'hit ratio' ? percent(value) : count(value);
  };
  return `${name} ${words(base)} → ${words(now)}`;
}

/** `2 slower, 1 faster, 37 without a difference, 4 not compared; counts worse in 1` */
export function summary({ benchmarks }: Comparison): string {
  const having = (verdict: string): number => benchmarks.filter(({ time }) => time?.verdict === verdict).length;
  const counts = (change: string): number =>
    benchmarks.filter((one) => one.counts.some((count) => count.change === change)).length;
  const parts = [
    `${count(having('slower'))} slower`,
    `${count(having('faster'))} faster`,
    `${count(having('no difference'))} without a difference`,
  ];
  const notCompared = benchmarks.filter(({ time }) => time === null).length;
  if (notCompared > 0) parts.push(`${count(notCompared)} not compared`);
  if (counts('worse') > 0) parts.push(`counts worse in ${count(counts('worse'))}`);
  if (counts('better') > 0) parts.push(`counts better in ${count(counts('better'))}`);
  return parts.join(', ');
}

/** How the figures came about and what else there is to know, one sentence a line. */
export function remarks(comparison: Comparison): string[] {
  const { sideBySide, method, confidence, comparisons, base, new: now } = comparison;
  const lines = [
    sideBySide
      ? 'Measured side by side in one run: times are compared.'
      : 'Measured in different runs: compared are the ratios to the peer that was measured along (×), never the times.',
    `Intervals hold at ${percent(confidence)} over all ${plural(comparisons, 'comparison')} together: ${method}.`,
  ];
  for (const build of [base, now]) {
    if (!build.complete) lines.push(`${build.name} is incomplete: its run was interrupted, or a suite failed.`);
  }
  for (const [name, only] of [
    [base.name, comparison.onlyInBase],
    [now.name, comparison.onlyInNew],
  ] as const) {
    if (only.length > 0) lines.push(`Only in ${name}: ${only.join(', ')}.`);
  }
  for (const { what, base: before, new: after } of comparison.environment) {
    lines.push(`Different ${what}: ${before ?? 'none'} in ${base.name}, ${after ?? 'none'} in ${now.name}.`);
  }
  for (const [reason, names] of notCompared(comparison)) lines.push(`Not compared (${reason}): ${names.join(', ')}.`);
  return lines;
}

function notCompared({ benchmarks }: Comparison): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  for (const { benchmark, notCompared: reason } of benchmarks) {
    if (reason !== null) reasons.set(reason, [...(reasons.get(reason) ?? []), benchmark]);
  }
  return reasons;
}

/** `new 4f2c9e1` */
export function buildWords({ name, commit }: ComparedBuild): string {
  return commit === null ? name : `${name} ${commit.slice(0, 12)}`;
}
