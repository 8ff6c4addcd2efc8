import { startAzureSim, type AzureSim, type AzureSimOptions } from '@azfleet/azure-sim';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { relayIdentity } from '../../../../packages/azure/test/identity-relay.ts';
import { run } from '../../src/cli.ts';
import type { Clock, Io, SecretPrompt } from '../../src/io.ts';
import { createSandbox, type Sandbox } from '../../src/simulator/sandbox.ts';

/** The built command line, as it is installed. */
export const executable = join(import.meta.dirname, '../../dist/azfleet.cjs');

/** What a command printed and how it ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout, byte for byte; where azfleet ran inside the test's own process. */
  readonly bytes?: Buffer;
}

/** How a command is run inside the test's own process. */
interface RunOptions {
  /** stdout and stderr are terminals this wide. */
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string | Uint8Array;
  /** Ctrl-C, when it is aborted. */
  readonly interrupt?: AbortSignal;
  /** Who answers questions for secrets; nobody by default. */
  readonly secretPrompt?: SecretPrompt;
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
  readonly azfleet: (args: readonly string[], options?: RunOptions) => Promise<Outcome>;
  /** Runs the built azfleet as a process of its own. */
  process(
    args: readonly string[],
    options?: { env?: Readonly<Record<string, string | undefined>>; stdin?: 'ignore' },
  ): Promise<Outcome>;
  /** Requests to Resource Manager since the last call of this function. */
  readonly calls: () => number;
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
  const env = { PATH: process.env['PATH'], ...sandbox.azfleetEnv, ...relayed };
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
    azfleet: async (args, { columns, env: extra = {}, ...given } = {}) => {
      const io = capturedIo({ ...env, ...extra }, clock, columns, background, given);
      const exitCode = await withEnvironment({ ...env, ...extra }, () => run(args, io));
      return { exitCode, ...io.printed };
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
  /** `bytes`: what went to stdout, byte for byte. */
  readonly printed: { readonly stdout: string; readonly stderr: string; readonly bytes: Buffer };
  /** Ctrl-C. */
  interrupt(): void;
}

export function capturedIo(
  env: Io['env'],
  clock: Clock,
  columns?: number,
  background: (readonly string[])[] = [],
  { stdin = '', interrupt, secretPrompt }: Pick<RunOptions, 'stdin' | 'interrupt' | 'secretPrompt'> = {},
): CapturedIo {
  // Bytes, so that what is no text is kept too; a character may come in two pieces.
  const pieces: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] };
  const bytesOf = (name: 'stdout' | 'stderr'): Buffer => Buffer.concat(pieces[name]);
  const output = (name: 'stdout' | 'stderr') => ({
    isTerminal: columns !== undefined,
    columns,
    isClosed: false,
    write: (text: string) => void pieces[name].push(Buffer.from(text)),
    writeBytes: async (bytes: Uint8Array) => void pieces[name].push(Uint8Array.from(bytes)),
  });
  const printed = {
    get stdout() {
      return bytesOf('stdout').toString();
    },
    get stderr() {
      return bytesOf('stderr').toString();
    },
    get bytes() {
      return bytesOf('stdout');
    },
  };
  const started = performance.now();
  const interruption = new AbortController();
  interrupt?.addEventListener('abort', () => interruption.abort());
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
    stdin: () => ({ bytes: Readable.from([Buffer.from(stdin)]), close() {} }),
    secretPrompt: () => secretPrompt,
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
