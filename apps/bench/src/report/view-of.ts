import type { BenchmarkComparison } from '../compare/compare-benchmarks.ts';
import { compareResults } from '../compare/compare.ts';
import type { BenchmarkResult, ResultFile } from '../result/result.ts';
import { shortCommit } from './format.ts';
import { headlineOf } from './headline.ts';
import { historyPoint } from './history-point.ts';
import { peerInterval } from './peer-interval.ts';
import { trustOf } from './trust.ts';
import type { BenchmarkView, BuildView, MeasurementView, ReportView } from './view.ts';

export interface ReportInput {
  readonly now: ResultFile;
  readonly base?: ResultFile | undefined;
  /** Earlier runs, in any order. @default none */
  readonly history?: readonly ResultFile[];
  /** Whether it is still being measured. @default false */
  readonly running?: boolean;
}

/** Everything that the page shows, from the result files. */
export function viewOf({ now, base, history = [], running = false }: ReportInput): ReportView {
  const comparison = base === undefined ? undefined : compareResults(base, now);
  const compared = new Map(comparison?.benchmarks.map((one) => [one.benchmark, one]));
  const runs = [
    ...history.filter(({ run }) => run !== now.run).toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)),
    now,
  ];
  const pasts = runs.map(byName);
  const bases = base === undefined ? undefined : byName(base);
  const current = byName(now);
  const benchmarks = now.benchmarks.map((one): BenchmarkView => {
    const before = bases?.get(one.benchmark);
    return {
      benchmark: one.benchmark,
      suite: one.suite,
      comparison: one.comparison,
      side: one.side,
      against: one.against,
      now: measurement(one),
      before: before === undefined ? null : measurement(before),
      ...changes(compared.get(one.benchmark)),
      ratio: peerInterval(one, current),
      detectableChange: compared.get(one.benchmark)?.time?.detectableChange ?? one.detectable_change,
      history: runs.length < 2 ? [] : pasts.map((past) => historyPoint(one.benchmark, past)),
    };
  });
  return {
    subject: build(now),
    base: base === undefined ? null : build(base),
    paired: comparison?.sideBySide ?? false,
    running,
    environment: now.environment,
    method: comparison?.method ?? null,
    headline: headlineOf(benchmarks, { hasBase: base !== undefined, running }),
    trust: trustOf({ now, base, comparison, benchmarks, running }),
    benchmarks,
    runs: runs.map((run) => ({ startedAt: run.startedAt, commit: build(run).commit })),
  };
}

/** What the comparison says of a benchmark, without what it found equal. */
function changes(compared: BenchmarkComparison | undefined): Pick<BenchmarkView, 'change' | 'notCompared' | 'counts'> {
  if (compared === undefined) return { change: null, notCompared: null, counts: [] };
  const { time, notCompared, counts } = compared;
  return {
    change:
      time === null
        ? null
        : {
            ratio: time.ratio,
            low: time.low,
            high: time.high,
            verdict: time.verdict,
            peer: time.of === 'time' ? null : { against: time.against, before: time.base, now: time.new },
          },
    notCompared,
    counts: counts.flatMap(({ count, base: before, new: now, change }) =>
      change === 'equal' ? [] : [{ count, before, now, change }],
    ),
  };
}

function byName({ benchmarks }: ResultFile): ReadonlyMap<string, BenchmarkResult> {
  return new Map(benchmarks.map((one) => [one.benchmark, one]));
}

function build({ build: { name, commit }, startedAt, finishedAt, complete }: ResultFile): BuildView {
  return { name, commit: commit === null ? null : shortCommit(commit), startedAt, finishedAt, complete };
}

function measurement(one: BenchmarkResult): MeasurementView {
  const { iterations, stats, rounds, launches, cache_stats: cache, resource_usage: usage, calls, handshakes } = one;
  return {
    iterations,
    stats,
    // Five digits are more than any chart or table shows, and half of the file's size.
    rounds: rounds.map((seconds) => Number(seconds.toPrecision(5))),
    launches,
    cache: cache === null ? null : { hits: cache.hits, misses: cache.misses, hitRatio: cache.hit_ratio },
    peakMemoryMb: usage.peak_memory_mb,
    cpuPercent: usage.cpu_percent,
    calls,
    handshakes,
  };
}
