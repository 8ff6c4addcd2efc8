import type { AzureSim } from '@azfleet/azure-sim';
import { spawn } from 'node:child_process';
import type { CommandContext } from '../command.ts';
import { formatElapsed } from '../duration.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { simpleColumns } from '../output/simple-table.ts';
import { renderTable } from '../output/table.ts';
import type { Sandbox } from './sandbox.ts';

/** One command of the tour, as it went. */
interface Step {
  readonly title: string;
  readonly elapsedMs: number;
  readonly calls: number;
  readonly handshakes: number;
  readonly isAsExpected: boolean;
}

/** A command to show: what it is called in the end, what is said before it, and its words. */
interface Shown {
  readonly title: string;
  readonly purpose: string;
  readonly args: readonly string[];
  /** @default 0 */
  readonly exitCode?: number;
}

/** Runs azfleet as a person would, by real processes, and tells how long each took and what the simulator counted. */
export class Tour {
  readonly #context: CommandContext;
  readonly #sim: AzureSim;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #steps: Step[] = [];

  constructor(context: CommandContext, sim: AzureSim, { azfleetEnv }: Sandbox) {
    this.#context = context;
    this.#sim = sim;
    this.#env = { ...context.io.env, ...azfleetEnv };
  }

  say(text: string): void {
    const { io, style } = this.#context;
    io.stdout.write(`\n${style('dim', '#')} ${text}\n`);
  }

  /** @throws the reason of an interruption, so that the tour ends and leaves nothing behind */
  async step({ title, purpose, args, exitCode: expected = ExitCode.ok }: Shown): Promise<void> {
    const { io, style } = this.#context;
    const interrupt = io.interruptSignal();
    interrupt.throwIfAborted();
    this.say(purpose);
    io.stdout.write(`${style('cyan', '$')} ${style('bold', `azfleet ${args.map(shellWord).join(' ')}`)}\n`);
    const before = this.#counts();
    const { elapsedMs, exitCode } = await elapsed([...io.self, ...args], this.#env, io);
    interrupt.throwIfAborted();
    const { calls, handshakes } = this.#counts();
    const step = { title, elapsedMs, calls: calls - before.calls, handshakes: handshakes - before.handshakes };
    this.#steps.push({ ...step, isAsExpected: exitCode === expected });
    const parts = [formatElapsed(elapsedMs), counted(step.calls, 'call')];
    if (step.handshakes > 0) parts.push(counted(step.handshakes, 'hand-shake'));
    if (exitCode !== ExitCode.ok) parts.push(`exit code ${exitCode}`);
    io.stdout.write(`${style('green', `→ ${parts.join(', ')}`)}\n`);
  }

  /** What it all took. @returns whether every command ended as it should */
  async summary(): Promise<boolean> {
    const { io, style } = this.#context;
    const { elapsedMs: emptyNodeMs } = await elapsed([process.execPath, '-e', '0'], this.#env, undefined);
    const rows = this.#steps.map(({ title, elapsedMs, calls, handshakes }) => [
      title,
      formatElapsed(elapsedMs),
      String(calls),
      String(handshakes),
    ]);
    rows.push(['(an empty Node process)', formatElapsed(emptyNodeMs), '-', '-']);
    this.say(
      'What it took, from start to exit of each process; calls and SSH hand-shakes as the simulator counted them:',
    );
    const columns = simpleColumns(['COMMAND', 'TIME', 'CALLS', 'HAND-SHAKES'], rows);
    io.stdout.write(renderTable(columns, { style, maxWidth: io.stdout.columns }));
    return this.#steps.every(({ isAsExpected }) => isAsExpected);
  }

  #counts(): { calls: number; handshakes: number } {
    const { arm, ssh } = this.#sim.stats();
    return { calls: arm, handshakes: ssh?.handshakes ?? 0 };
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** As one would type it. */
function shellWord(word: string): string {
  return /[*?]/.test(word) ? `'${word}'` : word;
}

/**
 * Runs a process to its end and tells how long that took. It gets the terminal itself where there is one; elsewhere what
 * it prints is passed on.
 */
function elapsed(
  [file, ...args]: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  io: Io | undefined,
): Promise<{ elapsedMs: number; exitCode: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const stdio = io === undefined ? 'ignore' : io.stdout.isTerminal ? 'inherit' : 'pipe';
    const child = spawn(file!, args, { env, stdio: ['ignore', stdio, stdio] });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => io?.stdout.write(text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => io?.stderr.write(text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ elapsedMs: performance.now() - started, exitCode: code ?? 1 }));
  });
}
