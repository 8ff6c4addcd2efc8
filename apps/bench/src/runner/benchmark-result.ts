import type { BenchmarkResult } from '../result/result.ts';
import { describe, median } from '../statistics/describe.ts';
import { detectableChange } from '../statistics/detectable-change.ts';
import type { Counts } from '../suite/suite.ts';
import type { ProbeMeasure, RoundMeasure } from './measure.ts';

/** One side of one build while it is measured. */
export interface SideRecord {
  readonly suite: string;
  readonly comparison: string;
  readonly side: string;
  /** The name of a benchmark. */
  readonly against: string | null;
  readonly timestamp: string;
  /** In how many processes the rounds were measured so far. */
  launches: number;
  readonly rounds: RoundMeasure[];
  readonly probes: ProbeMeasure[];
}

function benchmarkName({ suite, comparison, side }: Pick<SideRecord, 'suite' | 'comparison' | 'side'>): string {
  return `${suite}/${comparison}/${side}`;
}

/**
 * The results of all that has at least one round. What can be detected takes a while to find out: a file that is about
 * to be replaced goes without.
 */
export function benchmarkResults(records: readonly SideRecord[], final: boolean): BenchmarkResult[] {
  const measured = records.filter(({ rounds }) => rounds.length > 0);
  const roundsOf = new Map(
    measured.map((record) => [benchmarkName(record), record.rounds.map(({ median }) => median)]),
  );
  const results: BenchmarkResult[] = [];
  for (const record of measured) {
    const name = benchmarkName(record);
    const against = record.against !== null && roundsOf.has(record.against) ? record.against : null;
    const rounds = roundsOf.get(name)!;
    const { calls, handshakes, cache_stats } = countsOf(record.rounds);
    results.push({
      benchmark: name,
      suite: record.suite,
      comparison: record.comparison,
      side: record.side,
      against,
      timestamp: record.timestamp,
      iterations: iterationsOf(record.rounds),
      stats: statsOf(record.rounds),
      rounds,
      launches: record.launches,
      cache_stats,
      calls,
      handshakes,
      resource_usage: resourcesOf(record),
      detectable_change: final
        ? detectableChange(
            rounds,
            against === null ? undefined : roundsOf.get(against),
            measured.length,
            record.launches,
          )
        : null,
    });
  }
  return results;
}

function iterationsOf(rounds: readonly RoundMeasure[]): number {
  return sum(rounds.map(({ iterations }) => iterations));
}

/** Mean and deviation of all iterations, exactly; percentiles of those that were kept of each round. */
function statsOf(rounds: readonly RoundMeasure[]): BenchmarkResult['stats'] {
  const total = iterationsOf(rounds);
  const mean = sum(rounds.map((round) => round.mean * round.iterations)) / total;
  const squares = rounds.map(
    (round) => round.variance * (round.iterations - 1) + (round.mean - mean) ** 2 * round.iterations,
  );
  const { median, p95, p99 } = describe(rounds.flatMap(({ samples }) => samples));
  return {
    mean,
    median,
    stddev: total === 1 ? 0 : Math.sqrt(sum(squares) / (total - 1)),
    min: Math.min(...rounds.map(({ min }) => min)),
    max: Math.max(...rounds.map(({ max }) => max)),
    p95,
    p99,
  };
}

/** Of one iteration; null for what no round has counted. */
function countsOf(rounds: readonly RoundMeasure[]): Pick<BenchmarkResult, 'calls' | 'handshakes' | 'cache_stats'> {
  const iterations = iterationsOf(rounds);
  const each = (name: keyof Counts): number | null =>
    rounds.every(({ counts }) => counts[name] === undefined)
      ? null
      : sum(rounds.map(({ counts }) => counts[name] ?? 0)) / iterations;
  const hits = each('cacheHits');
  const misses = each('cacheMisses');
  return {
    calls: each('calls'),
    handshakes: each('handshakes'),
    cache_stats: hits === null && misses === null ? null : cacheStats(hits ?? 0, misses ?? 0),
  };
}

/** Where nothing was looked up, nothing was missed. */
function cacheStats(hits: number, misses: number): BenchmarkResult['cache_stats'] {
  return { hits, misses, hit_ratio: hits + misses === 0 ? 1 : hits / (hits + misses) };
}

/** Medians: a maximum would grow with the number of repetitions. */
function resourcesOf({ rounds, probes }: SideRecord): BenchmarkResult['resource_usage'] {
  const peaks = probes.flatMap(({ peakMemoryMb }) => peakMemoryMb ?? []);
  const shares = [...probes, ...rounds].flatMap(({ cpuShare }) => cpuShare ?? []);
  return {
    peak_memory_mb: peaks.length === 0 ? null : median(peaks),
    cpu_percent: shares.length === 0 ? null : median(shares) * 100,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
