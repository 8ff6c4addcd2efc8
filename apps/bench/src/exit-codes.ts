/** What the shell is told. The contract of every command; CI relies on it. */
export const ExitCode = {
  ok: 0,
  /** The gate is closed, or a suite failed. */
  failed: 1,
  /** The command line is wrong, or a file or suite cannot be read. */
  usage: 2,
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
