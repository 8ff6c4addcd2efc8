/**
 * A result file: one build, measured once. The two files that `run --base` writes have the same `run`: their rounds were
 * measured in turn, and the round with the same index can be compared directly.
 */
export interface ResultFile {
  readonly schemaVersion: 1;
  /** Common to the files of one run. */
  readonly run: string;
  readonly build: Build;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** False after Ctrl-C or a failure: what is there was measured, other things were not. */
  readonly complete: boolean;
  readonly environment: Environment;
  readonly suites: readonly SuiteOutcome[];
  readonly benchmarks: readonly BenchmarkResult[];
  /** Sides that were not there. */
  readonly missing: readonly { readonly benchmark: string; readonly reason: string }[];
}

export interface Build {
  /** `new`, `base`, or what `--name` said. */
  readonly name: string;
  /** The commit, where it is a git checkout; with `+` where something is not committed. */
  readonly commit: string | null;
}

export interface Environment {
  readonly node: string;
  readonly platform: string;
  readonly arch: string;
  readonly cpu: string;
  readonly cpus: number;
  readonly memory_mb: number;
  /** Versions of what was measured and of peers: `{ "azfleet": "1.2.0", "tinybench": "6.2.3" }`. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface SuiteOutcome {
  readonly suite: string;
  readonly status: 'done' | 'failed' | 'interrupted';
  /** One line. */
  readonly error: string | null;
}

export interface BenchmarkResult {
  /** `SUITE/COMPARISON/SIDE` */
  readonly benchmark: string;
  readonly suite: string;
  readonly comparison: string;
  readonly side: string;
  /** The benchmark whose time is this one's measure; null where there is none, and for itself. */
  readonly against: string | null;
  /** When it began, ISO 8601. */
  readonly timestamp: string;
  /** Calls of an operation, or whole repetitions, without those of the warm-up. */
  readonly iterations: number;
  /** Seconds an iteration. */
  readonly stats: {
    readonly mean: number;
    readonly median: number;
    readonly stddev: number;
    readonly min: number;
    readonly max: number;
    readonly p95: number;
    readonly p99: number;
  };
  /** Median seconds of each round, in order: index i was measured next to index i of the other sides (and builds). */
  readonly rounds: readonly number[];
  /**
   * In how many processes, one after another, they were measured, each an equal part: round i of n in process
   * floor(((i + 1) * launches - 1) / n). A process has a speed of its own, so that the rounds of one resemble each other.
   */
  readonly launches: number;
  /** Of one iteration; null: there is no cache in it. */
  readonly cache_stats: { readonly hits: number; readonly misses: number; readonly hit_ratio: number } | null;
  /** null: not known. */
  readonly resource_usage: { readonly peak_memory_mb: number | null; readonly cpu_percent: number | null };
  /** Requests to Azure of one iteration; null: not counted. */
  readonly calls: number | null;
  /** SSH hand-shakes of one iteration; null: not counted. */
  readonly handshakes: number | null;
  /**
   * The smallest change of this benchmark's time, as a share (0.08 is 8 %), that a comparison with another such run would
   * find, at 95 % over all benchmarks of the run together. null: too few rounds.
   */
  readonly detectable_change: number | null;
}
