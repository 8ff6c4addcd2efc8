import type { ListedVm } from '../fleet/columns.ts';

/**
 * What became of the command on one machine.
 *
 * - `ok`: it ended with 0.
 * - `failed`: it ended with another code or by a signal; or its connection was lost, as `error` then says.
 * - `timeout`: it did not connect, or not end, in time; `error` says which.
 * - `unreachable`: there was no connection, no sign-in, or no host key to trust.
 * - `aborted`: it was running when the whole was interrupted or halted.
 * - `skipped`: it was not started; `reason` says why.
 */
export type MachineStatus = 'ok' | 'failed' | 'timeout' | 'unreachable' | 'aborted' | 'skipped';

export interface MachineResult {
  readonly machine: ListedVm;
  /** Where it was reached, or should have been. */
  readonly address: string | undefined;
  readonly status: MachineStatus;
  /** Why it was skipped: `deallocated`, `stopped`, `Windows`, `no address`, `halted`, `interrupted`. */
  readonly reason: string | undefined;
  readonly exitCode: number | undefined;
  /** Without SIG, as SSH names it: `TERM`. */
  readonly signal: string | undefined;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | undefined } | undefined;
  /** How often it was tried; 0 for what was skipped. */
  readonly attempts: number;
  readonly elapsedMs: number;
}

/** Which of a command's two streams. */
export type StreamName = 'stdout' | 'stderr';

/** Where the output of the machines and their results go. */
export interface RunSink {
  /** A piece of output. The machine is not read further before this resolves. */
  write(machine: ListedVm, stream: StreamName, bytes: Uint8Array): void | Promise<void>;
  /** The machine is done; called once for each, skipped ones included, after all of its output. */
  result(result: MachineResult): void | Promise<void>;
  /** All is done, or was interrupted: prints what there is. Called once. */
  end(): Promise<void>;
  /** Takes away what was only needed while it ran. Called last, after errors too. */
  close(): Promise<void>;
}
