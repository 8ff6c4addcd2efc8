import { ExitCode } from './exit-codes.ts';

/** An error that is told to the user in one line: what is wrong and, as the hint, what to do about it. */
export class CliError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(code: string, message: string, options: { exitCode: ExitCode; hint?: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'CliError';
    this.code = code;
    this.exitCode = options.exitCode;
    this.hint = options.hint;
  }
}

/** The command line cannot be understood: exit code 2. */
export function usageError(message: string, hint?: string): CliError {
  return new CliError('USAGE', message, { exitCode: ExitCode.usage, ...(hint === undefined ? {} : { hint }) });
}

/** What is wrong and what to do about it, in one line. */
export function withHint(message: string, hint: string | undefined): string {
  if (hint === undefined || hint === '') return message;
  const isSentence = hint[0] !== hint[0]!.toLowerCase();
  return `${message.replace(/[.;\s]+$/, '')}${isSentence ? '.' : ';'} ${hint}`;
}
