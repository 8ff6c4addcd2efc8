import { startAzureSim, type AzureSim, type AzureSimOptions } from '@azfleet/azure-sim';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { relayIdentity } from '../../../../packages/azure/test/identity-relay.ts';
import { run } from '../../src/cli.ts';
import type { Clock, Io } from '../../src/io.ts';
import { createSandbox, type Sandbox } from '../../src/simulator/sandbox.ts';

/** The built command line, as it is installed. */
export const executable = join(import.meta.dirname, '../../dist/azfleet.cjs');

/** What a command printed and how it ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run inside the test's own process. */
interface RunOptions {
  /** stdout and stderr are terminals this wide. */
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A simulated Azure, a sandbox for azfleet, and a clock that the test moves. */
export interface TestFleet {
  readonly sim: AzureSim;
  readonly sandbox: Sandbox;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Moves the clock that `azfleet` sees. */
  advance(ms: number): void;
  /** What was started in the background. */
  readonly background: (readonly string[])[];
  /** Runs azfleet in this process, with the test's clock. */
  azfleet(args: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** Runs the built azfleet as a process of its own. */
  process(
    args: readonly string[],
    options?: { env?: Readonly<Record<string, string | undefined>>; stdin?: 'ignore' },
  ): Promise<Outcome>;
  /** Requests to Resource Manager since the last call of this function. */
  calls(): number;
}

/** Everything is removed when the test ends. */
export async function testFleet(options: AzureSimOptions = {}): Promise<TestFleet> {
  const sim = await startAzureSim({ machines: 12, ...options });
  const sandbox = createSandbox(sim);
  onTestFinished(async () => {
    await sim.close();
    sandbox.remove();
  });
  const relayed = await relayIdentity(sim.env);
  const env = { PATH: process.env['PATH'], HOME: sandbox.directory, ...sandbox.env, ...relayed };
  const background: (readonly string[])[] = [];
  let offsetMs = 0;
  let counted = 0;
  const clock: Clock = {
    now: () => Date.now() + offsetMs,
    setTimeout: (callback, ms) => setTimeout(callback, ms),
    clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
  };
  return {
    sim,
    sandbox,
    env,
    background,
    advance: (ms) => {
      offsetMs += ms;
    },
    azfleet: async (args, { columns, env: extra = {} } = {}) => {
      const io = capturedIo({ ...env, ...extra }, clock, columns, background);
      const exitCode = await withEnvironment({ ...env, ...extra }, () => run(args, io));
      return { exitCode, stdout: io.printed.stdout, stderr: io.printed.stderr };
    },
    process: (args, { env: extra = {} } = {}) => runProcess(args, { ...env, ...extra }),
    calls() {
      const { arm } = sim.stats();
      const since = arm - counted;
      counted = arm;
      return since;
    },
  };
}

export interface CapturedIo extends Io {
  readonly printed: { stdout: string; stderr: string };
  /** Ctrl-C. */
  interrupt(): void;
}

export function capturedIo(
  env: Io['env'],
  clock: Clock,
  columns?: number,
  background: (readonly string[])[] = [],
): CapturedIo {
  const printed = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    isTerminal: columns !== undefined,
    columns,
    write: (text: string) => {
      printed[name] += text;
    },
  });
  const started = performance.now();
  const interruption = new AbortController();
  return {
    env,
    platform: 'linux',
    homeDirectory: env['HOME'] ?? '/nonexistent',
    clock,
    stdout: output('stdout'),
    stderr: output('stderr'),
    sinceStart: () => performance.now() - started,
    startInBackground: (args) => background.push(args),
    interruptSignal: () => interruption.signal,
    interrupt: () => interruption.abort(),
    self: [process.execPath, executable],
    printed,
  };
}

/** The Azure SDK's credentials read `process.env` themselves. */
async function withEnvironment<T>(env: Io['env'], action: () => Promise<T>): Promise<T> {
  const before = process.env;
  process.env = { ...env };
  try {
    return await action();
  } finally {
    process.env = before;
  }
}

export function runProcess(args: readonly string[], env: Io['env']): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [executable, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ exitCode: code ?? (signal === null ? -1 : 128), stdout, stderr }));
  });
}
