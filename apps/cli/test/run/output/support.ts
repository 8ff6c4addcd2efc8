import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readArguments } from '../../../src/arguments.ts';
import type { CommandContext } from '../../../src/command.ts';
import { noExplain } from '../../../src/explain.ts';
import type { ListedVm } from '../../../src/fleet/columns.ts';
import type { Clock, Output } from '../../../src/io.ts';
import { styleFor } from '../../../src/output/style.ts';
import { chooseSink } from '../../../src/run/output/choose-sink.ts';
import { runOutputFlags } from '../../../src/run/output/flags.ts';
import type { MachineResult, RunSink } from '../../../src/run/machine-result.ts';
import { capturedIo, type CapturedIo } from '../../support/cli.ts';
import { vm } from '../../support/vm.ts';

const clock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

/** Machines by name, in the order of the fleet. */
export function machinesNamed(...names: string[]): ListedVm[] {
  return names.map((name) => vm({ name }));
}

export function resultOf(machine: ListedVm, members: Partial<MachineResult> = {}): MachineResult {
  return {
    machine,
    address: '10.0.0.4',
    status: 'ok',
    reason: undefined,
    exitCode: members.status === undefined || members.status === 'ok' ? 0 : undefined,
    signal: undefined,
    error: undefined,
    attempts: 1,
    elapsedMs: 12,
    ...members,
  };
}

interface ContextOptions {
  readonly flags?: readonly string[];
  /** stdout and stderr are terminals this wide. */
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
}

/** What a command gets, with what it prints captured. */
export function contextWith(options: ContextOptions = {}): CommandContext & { io: CapturedIo } {
  const io = capturedIo({ TERM: 'xterm', ...options.env }, options.clock ?? clock, options.columns);
  return {
    io,
    args: readArguments(options.flags ?? [], runOutputFlags, 'run'),
    explain: noExplain,
    style: styleFor(io.stdout, io.env),
    stderrStyle: styleFor(io.stderr, io.env),
    settings: () => Promise.reject(new Error('the output needs no settings')),
    notice: (line) => io.stderr.write(`${line}\n`),
  };
}

export interface TestSink extends RunSink {
  readonly machines: readonly ListedVm[];
  readonly context: CommandContext & { io: CapturedIo };
  /** Writes text or bytes to a stream of the machine with that number. */
  says(machine: number, text: string | Uint8Array, stream?: 'stdout' | 'stderr'): Promise<void>;
  /** The machine with that number is done. */
  ends(machine: number, members?: Partial<MachineResult>): Promise<void>;
  stdout(): string;
  stderr(): string;
}

/** The sink that the flags choose, for machines with these names. */
export function sinkFor(
  names: readonly (string | ListedVm)[],
  options: ContextOptions & { oneLiteral?: boolean } = {},
): TestSink {
  const machines = names.map((name) => (typeof name === 'string' ? vm({ name }) : name));
  const context = contextWith(options);
  const sink = chooseSink(context, { machines, oneLiteral: options.oneLiteral ?? false });
  onTestFinished(() => sink.close());
  return {
    machines,
    context,
    write: (...args) => sink.write(...args),
    result: (result) => sink.result(result),
    end: () => sink.end(),
    close: () => sink.close(),
    says: async (machine, text, stream = 'stdout') => sink.write(machines[machine]!, stream, Buffer.from(text)),
    ends: async (machine, members) => sink.result(resultOf(machines[machine]!, members)),
    stdout: () => context.io.printed.stdout,
    stderr: () => context.io.printed.stderr,
  };
}

/** A directory that is gone after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-output-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Pseudo-random numbers from 0 up to a bound: mulberry32, the same for the same seed. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** The bytes in pieces of random lengths, empty ones among them. */
export function inPieces(bytes: Uint8Array, random: (below: number) => number, longest = 7): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const length = random(longest + 1);
    pieces.push(bytes.subarray(from, from + length));
    from += length;
  }
  return pieces;
}

/** An output whose reader takes a piece only when the test says so. */
export interface SlowOutput extends Output {
  /** What it was asked to write, in order. */
  readonly asked: string[];
  /** The reader takes the oldest piece that waits, or refuses it. */
  take(error?: Error): void;
}

export function slowOutput(members: Partial<Output> = {}): SlowOutput {
  const waiting: ((error?: Error) => void)[] = [];
  const asked: string[] = [];
  return {
    isTerminal: false,
    columns: undefined,
    isClosed: false,
    ...members,
    asked,
    write: (text) => void asked.push(text),
    writeBytes(bytes) {
      asked.push(Buffer.from(bytes).toString());
      return new Promise((resolve, reject) => {
        waiting.push((error) => (error === undefined ? resolve() : reject(error)));
      });
    },
    take: (error) => waiting.shift()!(error),
  };
}

/** Lets everything happen that needs no time. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
