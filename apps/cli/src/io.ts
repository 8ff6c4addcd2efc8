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
}

/** Everything a command gets from the world around it. Nothing else reads `process`. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly homeDirectory: string;
  readonly clock: Clock;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Milliseconds since this process began, for `--explain`. */
  sinceStart(): number;
  /** Starts `azfleet` with these arguments, detached and silent, and does not wait for it. */
  startInBackground(args: readonly string[]): void;
  /** Aborted by the first Ctrl-C. Asking for it installs the handler. */
  interruptSignal(): AbortSignal;
  /** The executable and script that run this very azfleet, for commands that start it again. */
  readonly self: readonly string[];
}
