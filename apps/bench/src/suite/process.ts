import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { BenchError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { observation, type Observation } from './observation.ts';
import type { Measured } from './suite.ts';

export interface ProcessOptions {
  /** All of its environment. @default that of the suite */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** What it reads on stdin. @default nothing */
  readonly input?: string | Uint8Array;
  /** Exit codes that are no failure. @default [0] */
  readonly exitCodes?: readonly number[];
  /** Kills it. */
  readonly signal?: AbortSignal;
}

export interface ProcessRun extends Measured {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/**
 * Runs a program once and measures the whole process: wall clock from spawn to the close of its last stream.
 * `peakMemoryMb` and `cpuSeconds` of a Node process are there in the runner's extra repetitions only, since what finds
 * them out costs time; they are not there for other programs.
 * @throws BenchError `BENCH_PROCESS` where it cannot be started or ends otherwise than it should
 */
export async function runProcess(
  file: string,
  args: readonly string[] = [],
  options: ProcessOptions = {},
): Promise<ProcessRun> {
  const observed = observation();
  observed.processes += 1;
  const { probing, profile } = observed;
  if (!probing && profile === undefined) return await timed(file, args, options, options.env ?? process.env);
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-bench-probe-'));
  try {
    const report = join(directory, 'usage.json');
    const env = observedEnvironment(options.env ?? process.env, observed, report);
    return { ...(await timed(file, args, options, env)), ...(profile === undefined ? usage(report) : {}) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function timed(
  file: string,
  args: readonly string[],
  { cwd, input, exitCodes = [0], signal }: ProcessOptions,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ProcessRun> {
  return new Promise((resolve, reject) => {
    const what = [basename(file), ...args].join(' ');
    const stdout: Uint8Array[] = [];
    const stderr: Uint8Array[] = [];
    const started = performance.now();
    const child = spawn(file, args, {
      env,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
      ...(cwd === undefined ? {} : { cwd }),
      ...(signal === undefined ? {} : { signal }),
    });
    child.stdout!.on('data', (chunk: Uint8Array) => stdout.push(chunk));
    child.stderr!.on('data', (chunk: Uint8Array) => stderr.push(chunk));
    child.stdin?.on('error', () => {}); // it ended without reading all
    child.stdin?.end(input);
    child.on('error', (cause) => reject(processError(`${what} cannot be run: ${cause.message}`, cause)));
    child.on('close', (code, endedBy) => {
      const seconds = (performance.now() - started) / 1000;
      const run = { seconds, stdout: text(stdout), stderr: text(stderr), exitCode: code ?? -1 };
      if (code !== null && exitCodes.includes(code)) return resolve(run);
      const how = code === null ? `was ended by ${endedBy}` : `ended with exit code ${code}`;
      const lastWords = run.stderr.trim().split('\n').at(-1) ?? '';
      return reject(processError(`${what} ${how}${lastWords === '' ? '' : `: ${lastWords}`}`));
    });
  });
}

function text(chunks: readonly Uint8Array[]): string {
  return Buffer.concat(chunks).toString();
}

function processError(message: string, cause?: unknown): BenchError {
  return new BenchError('BENCH_PROCESS', message, { exitCode: ExitCode.failed, cause });
}

/** In both `src` and `dist` two folders above this one. */
const PROBE = join(import.meta.dirname, '../../probe.cjs');

/** Node reads its options from the environment, so that a Node program behind any launcher is observed too. */
function observedEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  { probing, profile, processes }: Observation,
  report: string,
): Record<string, string | undefined> {
  const own = env['NODE_OPTIONS'];
  const options = [
    ...(own === undefined ? [] : [own]),
    `--require=${JSON.stringify(PROBE)}`,
    ...(profile === undefined ? [] : profileFlags(profile, processes).map((flag) => JSON.stringify(flag))),
  ];
  return {
    ...env,
    NODE_OPTIONS: options.join(' '),
    ...(own === undefined ? {} : { AZFLEET_BENCH_NODE_OPTIONS: own }),
    ...(probing ? { AZFLEET_BENCH_PROBE: report } : {}),
  };
}

/** Node's flags for the profiles of one process; `which` tells those of one repetition apart. */
export function profileFlags({ directory, name, cpu, heap }: Observation['profile'] & object, which = 1): string[] {
  const file = which === 1 ? name : `${name}.${which}`;
  return [
    ...(cpu ? ['--cpu-prof', `--cpu-prof-dir=${directory}`, `--cpu-prof-name=${file}.cpuprofile`] : []),
    ...(heap ? ['--heap-prof', `--heap-prof-dir=${directory}`, `--heap-prof-name=${file}.heapprofile`] : []),
  ];
}

function usage(report: string): Pick<Measured, 'peakMemoryMb' | 'cpuSeconds'> {
  try {
    const { peakKb, cpuUs } = JSON.parse(readFileSync(report, 'utf8')) as { peakKb: number; cpuUs: number };
    return { peakMemoryMb: peakKb / 1024, cpuSeconds: cpuUs / 1e6 };
  } catch {
    return {}; // not a Node process, or one that was killed
  }
}
