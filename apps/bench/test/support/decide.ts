import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/cli.ts';
import type { ResultFile } from '../../src/result/result.ts';
import type { Outcome } from './bench.ts';
import { collectedIo } from './collected-io.ts';
import { folder } from './folder.ts';
import { type MadeUp, resultFile } from './result-files.ts';

/** Runs a command line in a folder, with nothing in its environment but what is given. */
export async function command(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const io = collectedIo(cwd, env);
  const exitCode = await run(args, io);
  return { exitCode, stdout: io.stdout.text, stderr: io.stderr.text };
}

/** A folder with these result files. */
export function resultsFolder(results: Readonly<Record<string, ResultFile>>): string {
  const path = folder();
  for (const [name, result] of Object.entries(results)) put(path, name, result);
  return path;
}

export function put(path: string, name: string, value: unknown): void {
  writeFileSync(join(path, name), JSON.stringify(value));
}

/** A peer, and what stands against it. */
export const start: readonly MadeUp[] = [
  { name: 'start-up/list/azfleet', seconds: 0.045, against: 'node-e-0', calls: 0, cache: [4, 0], memoryMb: 46 },
  { name: 'start-up/list/node-e-0', seconds: 0.035, memoryMb: 44 },
];

/** Of {@link start}, with other figures for its first benchmark. */
export function startWith(changed: Partial<MadeUp>): MadeUp[] {
  const [ours, peer] = start;
  return [{ ...ours!, ...changed }, peer!];
}

/** Two builds, measured in turn in one run. */
export function oneRun(
  base: readonly MadeUp[],
  now: readonly MadeUp[],
  overrides: Parameters<typeof resultFile>[1] = {},
): { readonly base: ResultFile; readonly now: ResultFile } {
  return {
    base: resultFile(base, { run: 'run-1', seed: 1, build: { name: 'base', commit: 'a81d03b' } }),
    now: resultFile(now, { run: 'run-1', seed: 2, ...overrides }),
  };
}
