import { writeAtomic } from '@azfleet/durable-file';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { BenchError, fileError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';

/** What is kept of a suite, in a file of its own: counts and ratios to compare with, and times to look back at. */
export interface BaselineFile {
  readonly schemaVersion: 1;
  readonly suite: string;
  /** By name. */
  readonly benchmarks: Readonly<Record<string, Baseline>>;
  /** Newest first. Absolute times mean nothing on another machine: nothing is compared with them. */
  readonly history: readonly HistoryEntry[];
}

export interface Baseline {
  readonly calls: number | null;
  readonly handshakes: number | null;
  readonly hits: number | null;
  readonly misses: number | null;
  /** How it stood to its peer; null: no peer was measured along, or too few rounds. */
  readonly ratio: BaselineRatio | null;
}

export interface BaselineRatio {
  readonly against: string;
  readonly ratio: number;
  /** 95 % confidence interval, of this ratio alone. */
  readonly low: number;
  readonly high: number;
  readonly degrees_of_freedom: number;
}

export interface HistoryEntry {
  readonly startedAt: string;
  readonly commit: string | null;
  readonly node: string;
  readonly cpu: string;
  /** Median seconds, by name. */
  readonly seconds: Readonly<Record<string, number>>;
}

const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const count = v.nullable(amount);
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));

const schema: v.GenericSchema<unknown, BaselineFile> = v.object({
  schemaVersion: v.literal(1),
  suite: v.pipe(v.string(), v.minLength(1)),
  benchmarks: v.record(
    v.string(),
    v.object({
      calls: count,
      handshakes: count,
      hits: count,
      misses: count,
      ratio: v.nullable(
        v.object({
          against: v.string(),
          ratio: positive,
          low: positive,
          high: positive,
          degrees_of_freedom: v.pipe(v.number(), v.minValue(1)),
        }),
      ),
    }),
  ),
  history: v.array(
    v.object({
      startedAt: v.string(),
      commit: v.nullable(v.string()),
      node: v.string(),
      cpu: v.string(),
      seconds: v.record(v.string(), amount),
    }),
  ),
});

/**
 * The baselines in a folder; none where there is no such folder.
 * @throws BenchError `BENCH_FILE` (exit code 2) naming the file that is no baseline
 */
export async function readBaselines(directory: string): Promise<BaselineFile[]> {
  let names: string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fileError(`${directory} cannot be read (${(error as NodeJS.ErrnoException).code})`, undefined, error);
  }
  const files = names.filter((name) => name.endsWith('.json')).toSorted();
  return await Promise.all(files.map((name) => readBaseline(join(directory, name))));
}

async function readBaseline(file: string): Promise<BaselineFile> {
  const text = await readFile(file, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fileError(`${file} is not JSON`, SAVE, error);
  }
  const { issues, output } = v.safeParse(schema, value);
  if (issues === undefined) return output;
  const place = v.getDotPath(issues[0]);
  throw fileError(`${file} is not a baseline: ${place === null ? '' : `${place}: `}${issues[0].message}`, SAVE);
}

const SAVE = "write it anew with 'azfleet-bench baseline save FILE'";

/** Sorted by name, so that two versions differ only where something has changed. */
export async function writeBaseline(directory: string, baseline: BaselineFile): Promise<void> {
  const file = join(directory, `${baseline.suite}.json`);
  const history = baseline.history.map(({ seconds, ...run }) => ({ ...run, seconds: sortedByName(seconds) }));
  const sorted = { ...baseline, benchmarks: sortedByName(baseline.benchmarks), history };
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeAtomic(file, `${JSON.stringify(sorted, null, 2)}\n`, { mode: 0o644, keepMode: true, fsync: false });
  } catch (error) {
    throw new BenchError('BENCH_OUTPUT', `${file} cannot be written: ${(error as Error).message}`, {
      exitCode: ExitCode.failed,
      cause: error,
    });
  }
}

function sortedByName<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
