import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchmarkResult, ResultFile } from '../../src/result/result.ts';
import { describe } from '../../src/statistics/describe.ts';
import { resultFile } from './result-files.ts';

/** What is kept of a real run of two builds: the rounds, and what is counted. */
interface Recorded {
  readonly base: RecordedBuild;
  readonly new: RecordedBuild;
}

interface RecordedBuild {
  readonly complete: boolean;
  readonly suites: ResultFile['suites'];
  readonly benchmarks: Readonly<Record<string, RecordedBenchmark>>;
}

interface RecordedBenchmark extends Pick<
  BenchmarkResult,
  'against' | 'launches' | 'calls' | 'handshakes' | 'cache_stats'
> {
  readonly rounds: readonly number[];
}

export interface RecordedRun {
  readonly base: ResultFile;
  readonly now: ResultFile;
}

const fileOf = (name: string): string => join(import.meta.dirname, '../recorded', `${name}.json`);

/** A real run, as `run --base` had written it but for what no decision asks for. */
export function recordedRun(name: string): RecordedRun {
  const recorded = JSON.parse(readFileSync(fileOf(name), 'utf8')) as Recorded;
  return { base: restored(recorded.base, name), now: restored(recorded.new, name) };
}

function restored({ benchmarks, ...rest }: RecordedBuild, run: string): ResultFile {
  const names = Object.keys(benchmarks).map((benchmark) => ({ name: benchmark, seconds: 1 }));
  const file = resultFile(names, { run, ...rest });
  const real = file.benchmarks.map((one) => {
    const { rounds, ...counted } = benchmarks[one.benchmark]!;
    return Object.assign({}, one, counted, { rounds, stats: describe(rounds) });
  });
  return { ...file, benchmarks: real };
}

/** Keeps a run for {@link recordedRun}. Four digits of a time are more than the noise leaves. */
export function record(name: string, { base, now }: RecordedRun): void {
  const recorded: Recorded = { base: shortened(base), new: shortened(now) };
  writeFileSync(fileOf(name), `${JSON.stringify(recorded, null, 2)}\n`);
}

function shortened({ complete, suites, benchmarks }: ResultFile): RecordedBuild {
  const shortened = benchmarks.map(
    ({ benchmark, against, launches, calls, handshakes, cache_stats, rounds }): [string, RecordedBenchmark] => [
      benchmark,
      {
        against,
        launches,
        calls,
        handshakes,
        cache_stats,
        rounds: rounds.map((seconds) => Number(seconds.toPrecision(4))),
      },
    ],
  );
  return { complete, suites, benchmarks: Object.fromEntries(shortened) };
}
