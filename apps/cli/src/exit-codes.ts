/** What the shell is told. The contract of every command; scripts rely on it. */
export const ExitCode = {
  ok: 0,
  someFailed: 1,
  usage: 2,
  nothingSelected: 3,
  notPermitted: 4,
  azureIncomplete: 5,
  timedOut: 124,
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
