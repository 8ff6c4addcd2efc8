import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/cli.ts';
import { parseResult } from '../../src/result/read-result.ts';
import type { ResultFile } from '../../src/result/result.ts';
import { collectedIo } from './collected-io.ts';

/** The built program, as it is installed. */
const executable = join(import.meta.dirname, '../../dist/main.js');

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process; the suites have processes of their own. */
export async function bench(cwd: string, ...args: readonly string[]): Promise<Outcome> {
  const io = collectedIo(cwd, process.env);
  const exitCode = await run(args, io);
  return { exitCode, stdout: io.stdout.text, stderr: io.stderr.text };
}

/** `run … --json`, and what it printed. */
export async function result(cwd: string, ...args: readonly string[]): Promise<ResultFile> {
  const { stdout, stderr } = await bench(cwd, 'run', '--json', ...args);
  return parseResult(stdout, stderr);
}

export function resultIn(...path: readonly string[]): ResultFile {
  const file = join(...path);
  return parseResult(readFileSync(file, 'utf8'), file);
}

/** Runs the built program as a process of its own. */
export function benchProcess(
  cwd: string,
  ...args: readonly string[]
): { child: ChildProcess; ended: Promise<Outcome> } {
  const child = spawn(process.execPath, [executable, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { child, ended };
}
