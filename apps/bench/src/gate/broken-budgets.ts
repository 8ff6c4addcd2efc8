import { count, megabytes, percent, plural, times } from '../report/format.ts';
import type { BenchmarkResult, ResultFile } from '../result/result.ts';
import { changeOf } from '../statistics/change.ts';
import { median } from '../statistics/describe.ts';
import { estimate, type Series } from '../statistics/estimate.ts';
import { logRatios } from '../statistics/log-ratios.ts';
import type { Budget, Budgets, RatioBudget } from './budgets.ts';
import type { Reason } from './reason.ts';

/** A budget that a benchmark has to keep. */
interface Duty {
  readonly budget: Budget;
  readonly benchmark: BenchmarkResult;
}

/**
 * The budgets that a run does not keep. Those of suites that were not run, and of sides that are not installed, do not
 * count; a budget that otherwise fits no benchmark does: it has lost what it watches over.
 */
export function brokenBudgets(budgets: Budgets, result: ResultFile): Reason[] {
  const duties: Duty[] = [];
  const reasons: Reason[] = [];
  for (const [pattern, budget] of Object.entries(budgets)) {
    const matching = result.benchmarks.filter(({ benchmark }) => matches(pattern, benchmark));
    duties.push(...matching.map((benchmark) => ({ budget, benchmark })));
    if (matching.length === 0 && isExpected(pattern, result)) {
      reasons.push({ rule: 'budget', benchmark: null, text: `the budget for ${pattern} fits no benchmark` });
    }
  }
  const ratios = duties.flatMap(({ budget, benchmark }) => ratiosOf(budget).map((ratio) => ({ benchmark, ratio })));
  reasons.push(...duties.flatMap(brokenAmounts));
  reasons.push(...ratios.flatMap(({ benchmark, ratio }) => brokenRatio(benchmark, ratio, result, ratios.length)));
  return reasons;
}

/** Whether the suite was measured to its end, and the side is not one that is not here. */
function isExpected(pattern: string, { suites, missing }: ResultFile): boolean {
  const wasRun = suites.some(({ suite, status }) => status === 'done' && matches(pattern.split('/')[0]!, suite));
  return wasRun && !missing.some(({ benchmark }) => matches(pattern, benchmark));
}

interface Amount {
  readonly key: Exclude<keyof Budget, 'ratio'>;
  readonly name: string;
  readonly of: (one: BenchmarkResult) => number | null;
  readonly text: (value: number) => string;
}

const AMOUNTS: readonly Amount[] = [
  { key: 'calls', name: 'calls', of: ({ calls }) => calls, text: count },
  { key: 'handshakes', name: 'handshakes', of: ({ handshakes }) => handshakes, text: count },
  { key: 'misses', name: 'misses', of: (one) => one.cache_stats?.misses ?? null, text: count },
  { key: 'hit_ratio', name: 'hit ratio', of: (one) => one.cache_stats?.hit_ratio ?? null, text: percent },
  { key: 'peak_memory_mb', name: 'peak memory', of: (one) => one.resource_usage.peak_memory_mb, text: megabytes },
];

function brokenAmounts({ budget, benchmark: one }: Duty): Reason[] {
  return AMOUNTS.flatMap(({ key, name, of, text }): Reason[] => {
    const limit = budget[key];
    if (limit === undefined) return [];
    const reason = (words: string): Reason[] => [
      { rule: 'budget', benchmark: one.benchmark, text: `${name} ${words}` },
    ];
    const value = of(one);
    if (value === null) return reason('has a budget, and is not measured');
    const least = key === 'hit_ratio';
    if (least ? value >= limit : value <= limit) return [];
    return reason(`${text(value)}, the budget is ${text(limit)} at ${least ? 'least' : 'most'}`);
  });
}

function ratiosOf({ ratio = [] }: Budget): readonly RatioBudget[] {
  return 'against' in ratio ? [ratio] : ratio;
}

/** Broken where the lower end of the interval is above it, over all budgets of ratios together. */
function brokenRatio(
  one: BenchmarkResult,
  { against, max }: RatioBudget,
  result: ResultFile,
  comparisons: number,
): Reason[] {
  const peer = result.benchmarks.find(({ benchmark }) => benchmark === `${one.suite}/${one.comparison}/${against}`);
  const reason = (text: string): Reason[] => [{ rule: 'budget', benchmark: one.benchmark, text }];
  if (peer === undefined) {
    const isNamed = result.missing.some(({ benchmark }) => benchmark === `${one.suite}/${one.comparison}/${against}`);
    return isNamed ? [] : reason(`has a budget against ${against}, which was not measured`);
  }
  const { ratio, low, words } = judged(logRatios(one.rounds, peer.rounds, one.launches), comparisons);
  if (low <= max) return [];
  return reason(`${times(ratio)} ${against} (${words}), the budget is ${times(max)} at most`);
}

/** The ratio, and what it is at least; of too few rounds for an interval, the least that was seen. */
function judged(series: Series, comparisons: number): { ratio: number; low: number; words: string } {
  const estimated = estimate(series);
  if (estimated === undefined) {
    const ratios = series.flat().map(Math.exp);
    return {
      ratio: median(ratios),
      low: Math.min(...ratios),
      words: `in each of ${plural(ratios.length, 'round')} more`,
    };
  }
  const { ratio, low, high } = changeOf(estimated, comparisons);
  return { ratio, low, words: `interval ${low.toFixed(2)} – ${high.toFixed(2)}` };
}

function matches(pattern: string, name: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]*');
  return new RegExp(`^${source}$`).test(name);
}
