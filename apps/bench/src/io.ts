/** Where text goes. */
export interface Output {
  readonly isTerminal: boolean;
  /** Width in columns; `undefined` off a terminal, where nothing is cut. */
  readonly columns: number | undefined;
  write(text: string): void;
}

/** Everything a command gets from the world around it. Nothing but `process-io.ts` reads `process`. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Data, and nothing else. */
  readonly stdout: Output;
  /** Progress, notices, errors. */
  readonly stderr: Output;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Aborted by the first Ctrl-C (or SIGTERM). Asking for it installs the handler. */
  interruptSignal(): AbortSignal;
}
