import { invalidOption } from '../errors.ts';
import type { TimeLimits } from '../pool/options.ts';

/** A command. Plain data: it can be sent to another process as it is. */
export interface ExecRequest {
  /** What the user's shell over there is given to run. */
  readonly command: string;
  /**
   * Collect the output into the result, instead of streaming it. What is longer than `maxBytes` (each of stdout and
   * stderr) is thrown away, and the result says so.
   */
  readonly collect?: { readonly maxBytes: number };
  /** Time limits. Default: those of the pool. */
  readonly limits?: TimeLimits;
}

/** What does not travel as data. */
export interface ExecOptions {
  /** What the command reads. Default: nothing, it finds the end of its input at once. */
  readonly stdin?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** Gives up: who waits leaves the line; a command that runs is sent SIGTERM. The result is the signal's reason. */
  readonly signal?: AbortSignal;
  /** The hand-shake is through, or there was no need for one. */
  readonly onEstablished?: () => void;
}

/** Milliseconds that the parts of a command took. */
export interface ExecTimings {
  /** In line: for a place in the pool, and for a session. */
  readonly waitMs: number;
  /** For the connection; 0 when it was open. */
  readonly connectMs: number;
  /** From the command's being sent to its end. */
  readonly commandMs: number;
}

export interface ExecResult {
  /** `null` when a signal ended the command, or when the server did not tell. */
  readonly exitCode: number | null;
  /** The signal that ended the command, such as `SIGTERM`. */
  readonly signal: string | null;
  /** Whether the connection was open before. */
  readonly reused: boolean;
  readonly timings: ExecTimings;
  /** With `collect` only. */
  readonly stdout?: Uint8Array;
  readonly stderr?: Uint8Array;
  /** With `collect` only: whether some of the output was thrown away. */
  readonly truncated?: boolean;
}

/** A command under way. */
export interface Execution {
  /**
   * What the command writes, as it comes; its one reader sets the pace, down to the remote command. Both streams
   * share one window of 1 MiB: a command that writes more goes on only while it is read. Leaving the loop early throws
   * the rest away. Fails with the error that the result fails with.
   */
  readonly stdout: AsyncIterable<Uint8Array>;
  readonly stderr: AsyncIterable<Uint8Array>;
  /**
   * Settles when the command has ended and all of its output has arrived. Rejects with an `SshPoolError` (its `sent`
   * says whether the command may have run), or with the signal's reason.
   */
  readonly result: Promise<ExecResult>;
}

/** @throws {@link SshPoolError} `SSH_INVALID_OPTION` */
export function validateRequest({ command, collect }: ExecRequest): void {
  if (typeof command !== 'string' || command === '') throw invalidOption('command', 'a command', command);
  if (collect !== undefined && !(collect.maxBytes >= 0)) {
    throw invalidOption('collect.maxBytes', 'a number of bytes', collect.maxBytes);
  }
}
