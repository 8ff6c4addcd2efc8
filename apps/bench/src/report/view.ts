import type { BenchmarkResult, Environment } from '../result/result.ts';
import type { Verdict } from '../statistics/change.ts';

/** What the page is given: plain data, complete in itself, written into the HTML file as JSON. */
export interface ReportView {
  readonly subject: BuildView;
  readonly base: BuildView | null;
  /** Whether subject and base were measured in turn, so that their rounds can be paired. */
  readonly paired: boolean;
  /** Whether it is still being measured. */
  readonly running: boolean;
  readonly environment: Environment;
  /** How the changes were computed, one line; null without a base. */
  readonly method: string | null;
  readonly headline: readonly Phrase[];
  readonly trust: readonly TrustStatement[];
  /** In the order in which they were measured. */
  readonly benchmarks: readonly BenchmarkView[];
  /** Oldest first; the last one is the subject. */
  readonly runs: readonly RunView[];
}

/** A piece of the headline. Its tone gives it a colour; the words alone say everything. */
export interface Phrase {
  readonly text: string;
  readonly tone: 'faster' | 'slower' | 'worse' | 'plain';
}

/** One line below the headline: a reason to trust the figures, or not to. */
export interface TrustStatement {
  readonly kind: 'good' | 'note' | 'bad';
  /** What stands between backticks is code. */
  readonly text: string;
}

export interface BuildView {
  readonly name: string;
  readonly commit: string | null;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly complete: boolean;
}

interface RunView {
  readonly startedAt: string;
  readonly commit: string | null;
}

/** A ratio with its confidence interval. */
export interface Interval {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

export interface BenchmarkView {
  /** `SUITE/COMPARISON/SIDE` */
  readonly benchmark: string;
  readonly suite: string;
  readonly comparison: string;
  readonly side: string;
  readonly against: string | null;
  readonly now: MeasurementView;
  readonly before: MeasurementView | null;
  /** Against the base; null: not compared. */
  readonly change: ChangeView | null;
  /** Why it is not compared with the base; null where it is, or where there is no base. */
  readonly notCompared: string | null;
  /** Counts that differ from the base's. */
  readonly counts: readonly CountChange[];
  /** Against its peer of the same run. */
  readonly ratio: Interval | null;
  /** The smallest change, as a share, that would have been found (or would be, where there is no base); null: too few rounds. */
  readonly detectableChange: number | null;
  /** One for each of the runs; null where that run has no such benchmark. */
  readonly history: readonly (HistoryPoint | null)[];
}

export interface ChangeView extends Interval {
  readonly verdict: Verdict;
  /** Of different runs: how it stood and stands to its peer, whose ratio this is. null: the time itself is compared. */
  readonly peer: { readonly against: string; readonly before: number; readonly now: number } | null;
}

export interface CountChange {
  /** `calls`, `handshakes`, `misses`, `hits` or `hit ratio`. */
  readonly count: string;
  /** null: not counted. */
  readonly before: number | null;
  readonly now: number | null;
  readonly change: 'better' | 'worse' | 'different';
}

export interface MeasurementView {
  readonly iterations: number;
  /** Seconds an iteration. */
  readonly stats: BenchmarkResult['stats'];
  /** Median seconds of each round, in order. */
  readonly rounds: readonly number[];
  /** In how many processes, one after another, they were measured. */
  readonly launches: number;
  readonly cache: { readonly hits: number; readonly misses: number; readonly hitRatio: number } | null;
  readonly peakMemoryMb: number | null;
  readonly cpuPercent: number | null;
  readonly calls: number | null;
  readonly handshakes: number | null;
}

export interface HistoryPoint {
  /** Seconds. */
  readonly median: number;
  readonly ratio: Interval | null;
  readonly peakMemoryMb: number | null;
  readonly hitRatio: number | null;
  readonly calls: number | null;
}

/** What `serve` tells while a run goes on. */
export interface LiveView {
  readonly state: 'running' | 'finished' | 'interrupted' | 'failed';
  /** One line: what is being measured, or how it ended. */
  readonly text: string;
  /** 0 to 1; null where it is not known. */
  readonly share: number | null;
}
