import { readdir, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { oneLine, usageError } from '../errors.ts';
import { readResult } from '../result/read-result.ts';
import type { ResultFile } from '../result/result.ts';
import type { ReportInput } from './view-of.ts';

export interface InputOptions {
  /** Result files: the newest is reported, older ones are its history. */
  readonly files: readonly string[];
  readonly base?: string | undefined;
  /** Files and folders of earlier results. */
  readonly history: readonly string[];
  /** Told what was left out of a folder. */
  readonly notice: (line: string) => void;
}

/**
 * Reads what is to be reported. Without `base` it is the other build of the same run: one of the files, or the one that
 * `run --base` has written beside.
 * @throws BenchError naming the file that is not there or broken
 */
export async function readInputs({ files, base, history, notice }: InputOptions): Promise<ReportInput> {
  if (files.length === 0)
    throw usageError('report needs a result file', "'azfleet-bench run --output FILE' writes one");
  const read = await Promise.all(files.map(async (file) => ({ file, result: await readResult(file) })));
  const newest = read.toSorted(newestFirst)[0]!;
  const others = read.filter((one) => one !== newest).map(({ result }) => result);
  const sameRun = others.find(({ run }) => run === newest.result.run);
  const past = await Promise.all(history.map((path) => readHistory(path, notice)));
  return {
    now: newest.result,
    base: base === undefined ? (sameRun ?? (await baseBeside(newest.file, newest.result))) : await readResult(base),
    history: onePerRun([...others, ...past.flat()]),
  };
}

/** Of two builds of one run the base comes after the new one. */
function newestFirst(a: { readonly result: ResultFile }, b: { readonly result: ResultFile }): number {
  return b.result.startedAt.localeCompare(a.result.startedAt) || Number(isBase(a.result)) - Number(isBase(b.result));
}

/** `new.base.json` beside `new.json`, if it is of the same run. */
async function baseBeside(file: string, { run }: ResultFile): Promise<ResultFile | undefined> {
  const { dir, name, ext } = parse(file);
  const beside = join(dir, `${name}.base${ext}`);
  const there = await stat(beside).catch(() => undefined);
  if (there === undefined) return undefined;
  const result = await readResult(beside);
  return result.run === run ? result : undefined;
}

async function readHistory(path: string, notice: (line: string) => void): Promise<ResultFile[]> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
  if (!isFolder) return [await readResult(path)];
  const names = (await readdir(path)).filter((name) => name.endsWith('.json')).toSorted();
  const results = await Promise.all(
    names.map(async (name) => {
      try {
        return await readResult(join(path, name));
      } catch (error) {
        // Other JSON may lie in a folder; a file that was named is never left out.
        notice(`left out of the history: ${oneLine(error)}`);
        return undefined;
      }
    }),
  );
  return results.filter((result) => result !== undefined);
}

/** The new build of each run, once. */
function onePerRun(results: readonly ResultFile[]): ResultFile[] {
  const runs = new Map<string, ResultFile>();
  for (const result of results) if (!isBase(result) && !runs.has(result.run)) runs.set(result.run, result);
  return [...runs.values()];
}

function isBase({ build }: ResultFile): boolean {
  return build.name === 'base';
}
