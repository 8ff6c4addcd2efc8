import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { didYouMean } from '../did-you-mean.ts';
import { BenchError, fileError } from '../errors.ts';

export interface SuiteFile {
  readonly name: string;
  /** Absolute. */
  readonly file: string;
}

export interface FoundSuites {
  /** Absolute. */
  readonly directory: string;
  /** Whether they are those that come with this package. */
  readonly own: boolean;
  readonly suites: readonly SuiteFile[];
}

const SUITE_FILE = /^(.+)\.bench\.(?:ts|mts|js|mjs)$/;
const WORD = /^[a-z0-9.-]+$/;
const OWN = join(import.meta.dirname, '../suites');

/**
 * The suites in `directory`; without it those in `./benchmarks`, or in the folder itself, or else those of this package.
 * @throws BenchError (exit code 2) where there are none, or where one has no usable name
 */
export function findSuites(cwd: string, directory?: string): FoundSuites {
  if (directory !== undefined)
    return { directory: resolve(cwd, directory), own: false, suites: suitesOf(cwd, directory) };
  for (const candidate of [join(cwd, 'benchmarks'), cwd]) {
    const suites = suitesIn(candidate);
    if (suites.length > 0) return { directory: candidate, own: false, suites };
  }
  const suites = suitesIn(OWN);
  if (suites.length > 0) return { directory: OWN, own: true, suites };
  throw new BenchError('BENCH_NO_SUITE', 'there is no suite here', {
    hint: 'write benchmarks/NAME.bench.js, or name its folder with --suites DIR',
  });
}

/** Those that were named, in this order; all of them where none was. @throws BenchError (exit code 2) on a name that is none */
export function selectSuites({ suites, directory }: FoundSuites, names: readonly string[]): readonly SuiteFile[] {
  if (names.length === 0) return suites;
  return [...new Set(names)].map((name) => {
    const found = suites.find((suite) => suite.name === name);
    if (found !== undefined) return found;
    const known = suites.map((suite) => suite.name);
    throw new BenchError('BENCH_NO_SUITE', `no suite is called '${name}' in ${directory}`, {
      hint: didYouMean(name, known) ?? `there are ${known.join(', ')}`,
    });
  });
}

function suitesOf(cwd: string, directory: string): SuiteFile[] {
  const suites = suitesIn(resolve(cwd, directory));
  if (suites.length > 0) return suites;
  throw new BenchError('BENCH_NO_SUITE', `there is no suite in ${directory}`, {
    hint: 'a suite is a file called NAME.bench.ts, .mts, .js or .mjs',
  });
}

function suitesIn(directory: string): SuiteFile[] {
  const suites = filesIn(directory).flatMap((entry) => {
    const name = SUITE_FILE.exec(entry)?.[1];
    return name === undefined ? [] : [{ name, file: join(directory, entry) }];
  });
  for (const [index, { name, file }] of suites.entries()) {
    if (!WORD.test(name)) throw fileError(`${file} cannot name a benchmark`, 'use a-z, 0-9, dot and hyphen');
    if (suites[index - 1]?.name === name) throw fileError(`${file} has the same name as ${suites[index - 1]!.file}`);
  }
  return suites;
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory).toSorted();
  } catch {
    return [];
  }
}
