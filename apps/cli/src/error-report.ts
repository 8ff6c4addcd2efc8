import { CliError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';

/** What other packages throw, as the one line and the exit code that the user gets. */
export function toCliError(error: unknown): CliError {
  if (isAbort(error)) return new CliError('INTERRUPTED', 'interrupted', { exitCode: ExitCode.interrupted });
  if (isOurs(error)) {
    return new CliError(error.code, error.message, {
      exitCode: exitCodeOf(error),
      cause: error,
      ...(error.hint === undefined || error.hint === '' ? {} : { hint: error.hint }),
    });
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new CliError('INTERNAL', `this is a defect of azfleet: ${detail}`, {
    exitCode: ExitCode.someFailed,
    cause: error,
  });
}

/** The package that throws says what kind of trouble it is: nobody signed in, nothing allowed, or Azure itself. */
function exitCodeOf({ code, category }: OurError): ExitCode {
  if (code.startsWith('CONFIG') || category === 'configuration') return ExitCode.usage;
  return category === 'authentication' || category === 'authorization'
    ? ExitCode.notPermitted
    : ExitCode.azureIncomplete;
}

type OurError = Error & { code: string; hint?: string; category?: string };

/** Every azfleet package's errors carry a code of their own and a hint. */
function isOurs(error: unknown): error is OurError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'hint' in error;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
