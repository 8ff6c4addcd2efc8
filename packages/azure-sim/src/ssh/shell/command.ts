import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../../clock.ts';
import type { SimMachine } from '../../fleet/machine.ts';

/** What a command has to do with. */
export interface CommandContext {
  readonly machine: SimMachine;
  readonly clock: Clock;
  /** When the simulator started, in milliseconds since the Unix epoch. */
  readonly startedAtMs: number;
  /** What was set in front of the command: `NAME=VALUE`. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Aborted when the command is killed, or when nobody is there any more to read its output. */
  readonly signal: AbortSignal;
}

/** Returns its exit code. */
export type Command = (args: readonly string[], context: CommandContext) => number | Promise<number>;

/** Writes as fast as the reader takes it. */
export async function write(stream: Writable, data: string | Uint8Array, signal: AbortSignal): Promise<void> {
  if (signal.aborted || data.length === 0) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      signal.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done, { once: true });
    stream.write(data, done);
  });
}

export async function print({ stdout, signal }: CommandContext, text: string): Promise<number> {
  await write(stdout, text, signal);
  return 0;
}

export async function complain({ stderr, signal }: CommandContext, text: string, code: number): Promise<number> {
  await write(stderr, `${text}\n`, signal);
  return code;
}

/** What comes in until its end, or until the command is killed. */
export async function* input({ stdin, signal }: CommandContext): AsyncGenerator<Uint8Array> {
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  const ended = new Promise<void>((resolve) => stdin.once('end', resolve).once('close', resolve));
  for (;;) {
    const chunk = stdin.read() as Uint8Array | null;
    if (chunk !== null) yield chunk;
    else if (stdin.readableEnded || stdin.destroyed || signal.aborted) return;
    else await Promise.race([new Promise<void>((resolve) => stdin.once('readable', resolve)), ended, stopped]);
  }
}
