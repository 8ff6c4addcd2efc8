/** The command ended, and not with 0. That says nothing about the network. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly exitCode: number | undefined;
  /** Without SIG. */
  readonly signal: string | undefined;

  constructor(exitCode: number | undefined, signal: string | undefined) {
    super(signal === undefined ? `exit ${exitCode ?? 'unknown'}` : `signal ${signal}`);
    this.exitCode = exitCode;
    this.signal = signal;
  }
}

/** It failed before it was sent, and something was too busy: another attempt may do better. The cause is why. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain';

  constructor(cause: unknown) {
    super('try again', { cause });
  }
}
