import type { BenchmarkResult, Environment, ResultFile } from '../result/result.ts';
import { CONFIDENCE, METHOD } from '../statistics/change.ts';
import { estimate } from '../statistics/estimate.ts';
import { logRatios } from '../statistics/log-ratios.ts';
import { type BenchmarkComparison, compareBenchmarks, type Pair } from './compare-benchmarks.ts';
import { compareCounts, countsOf } from './counts.ts';
import { type EnvironmentDifference, environmentDifferences } from './environment.ts';
import { changeOfRatio, ratioToPeer } from './peer-ratio.ts';

/** Everything that two result files tell about each other; what `compare -o json` prints. */
export interface Comparison {
  readonly schemaVersion: 1;
  readonly base: ComparedBuild;
  readonly new: ComparedBuild;
  /** Whether both were measured in turn, in one run: times are compared. Otherwise only ratios to a peer measured along. */
  readonly sideBySide: boolean;
  readonly method: string;
  /** That all intervals hold together: 0.95. */
  readonly confidence: number;
  /** How many intervals they are. */
  readonly comparisons: number;
  /** Worst first. */
  readonly benchmarks: readonly BenchmarkComparison[];
  readonly onlyInBase: readonly string[];
  readonly onlyInNew: readonly string[];
  readonly environment: readonly EnvironmentDifference[];
}

export interface ComparedBuild {
  readonly name: string;
  readonly commit: string | null;
  readonly startedAt: string;
  readonly complete: boolean;
  readonly environment: Environment;
}

/**
 * Compares two result files. Two of one run (`run --base`): the ratios of their rounds, pair by pair. Of different runs
 * absolute times are not compared, since machines differ and change: only each benchmark's ratio to the one that is its
 * measure, the ratio of the ratios.
 */
export function compareResults(base: ResultFile, now: ResultFile): Comparison {
  const before = new Map(base.benchmarks.map((one) => [one.benchmark, one]));
  const after = new Map(now.benchmarks.map((one) => [one.benchmark, one]));
  const sideBySide = base.run === now.run;
  const pairs = [...after.values()].flatMap((one): Pair[] => {
    const other = before.get(one.benchmark);
    if (other === undefined) return [];
    const seconds = { base: other.stats.median, new: one.stats.median };
    const counts = compareCounts(countsOf(other), countsOf(one));
    const time = sideBySide ? timeOf(other, one) : changeOfRatio(ratioToPeer(other, before), ratioToPeer(one, after));
    return [{ benchmark: one.benchmark, seconds, counts, time }];
  });
  return {
    schemaVersion: 1,
    base: buildOf(base),
    new: buildOf(now),
    sideBySide,
    method: METHOD,
    confidence: CONFIDENCE,
    ...compareBenchmarks(pairs),
    onlyInBase: [...before.keys()].filter((name) => !after.has(name)),
    onlyInNew: [...after.keys()].filter((name) => !before.has(name)),
    environment: environmentDifferences(base.environment, now.environment),
  };
}

function timeOf(base: BenchmarkResult, now: BenchmarkResult): Pair['time'] {
  const estimated = estimate(logRatios(now.rounds, base.rounds, now.launches));
  return estimated === undefined ? 'too few rounds' : { of: 'time', estimated };
}

function buildOf({ build, startedAt, complete, environment }: ResultFile): ComparedBuild {
  return { ...build, startedAt, complete, environment };
}
