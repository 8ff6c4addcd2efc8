import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { fileError } from '../errors.ts';
import type { ResultFile } from './result.ts';
import { SCHEMA_VERSION, resultSchema } from './schema.ts';

const REPEAT = "repeat it with 'azfleet-bench run --output FILE'";

/**
 * Reads and checks a result file.
 * @throws BenchError `BENCH_FILE` (exit code 2) naming the file and what is wrong with it
 */
export async function readResult(file: string): Promise<ResultFile> {
  return parseResult(await textOf(file), file);
}

/** As {@link readResult}, of a text that is there already. `name` is what its errors call it. */
export function parseResult(text: string, name: string): ResultFile {
  const value = jsonOf(text, name);
  refuseOtherVersions(value, name);
  const { issues, output } = v.safeParse(resultSchema, value);
  if (issues === undefined) return output;
  const [issue] = issues;
  const place = v.getDotPath(issue);
  throw fileError(
    `${name} is not a result of azfleet-bench: ${place === null ? '' : `${place}: `}${issue.message}`,
    REPEAT,
  );
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw fileError(`${file} is not there`, "'azfleet-bench run --output FILE' writes one", error);
    throw fileError(`${file} cannot be read (${code ?? String(error)})`, undefined, error);
  }
}

function jsonOf(text: string, name: string): unknown {
  if (text.trim() === '') throw fileError(`${name} is empty`, REPEAT);
  try {
    return JSON.parse(text);
  } catch (error) {
    const cut = /^\s*\{/.test(text) && !/\}\s*$/.test(text);
    throw fileError(
      `${name} ${cut ? 'ends in the middle: it was not written to its end' : 'is not JSON'}`,
      REPEAT,
      error,
    );
  }
}

function refuseOtherVersions(value: unknown, name: string): void {
  const version =
    typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : undefined;
  if (typeof version !== 'number') throw fileError(`${name} is not a result of azfleet-bench: it has no schemaVersion`);
  if (version > SCHEMA_VERSION) {
    throw fileError(
      `${name} was written by a newer azfleet-bench (schemaVersion ${version}, this one reads ${SCHEMA_VERSION})`,
      "upgrade with 'npm install @azfleet/bench@latest'",
    );
  }
  if (version < SCHEMA_VERSION) {
    throw fileError(
      `${name} was written by an older azfleet-bench (schemaVersion ${version}, this one reads ${SCHEMA_VERSION})`,
      REPEAT,
    );
  }
}
