/** Time, injected so that tests can move it. The same shape in every azfleet package. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

/** Where text goes. */
export interface Output {
  readonly isTerminal: boolean;
  /** Width in columns; `undefined` off a terminal, where nothing is cut. */
  readonly columns: number | undefined;
  write(text: string): void;
  /**
   * Bytes as they are, off the event loop and in the order of the calls. Resolves once they are taken, so that a slow
   * reader slows down who writes. `write` does not wait for it: await this before calling that on the same output.
   */
  writeBytes(bytes: Uint8Array): Promise<void>;
  /** Whether the reader has gone away (`| head -1`): nothing that is written arrives any more. */
  readonly isClosed: boolean;
}

/** What is typed or piped in. */
export interface Stdin {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Reads no further. Who waits for more is told that this is the end. */
  close(): void;
}

/** Asks for something that is not shown while it is typed. `undefined`: the person would rather not say. */
export type SecretPrompt = (question: string) => Promise<string | undefined>;

/** Everything a command gets from the world around it. Nothing else reads `process`. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly homeDirectory: string;
  readonly clock: Clock;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Asking for it begins to read it: once a process. */
  stdin(): Stdin;
  /** How to ask the person for a secret; `undefined` where nobody is there to be asked. */
  secretPrompt(): SecretPrompt | undefined;
  /** Milliseconds since this process began, for `--explain`. */
  sinceStart(): number;
  /** Starts `azfleet` with these arguments, detached and silent, and does not wait for it. */
  startInBackground(args: readonly string[]): void;
  /** Aborted by the first Ctrl-C. Asking for it installs the handler. */
  interruptSignal(): AbortSignal;
  /** The executable and script that run this very azfleet, for commands that start it again. */
  readonly self: readonly string[];
}
