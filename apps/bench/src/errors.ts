import { ExitCode } from './exit-codes.ts';

/** What a {@link BenchError} is about. */
export type BenchErrorCode =
  | 'BENCH_USAGE'
  | 'BENCH_FILE'
  | 'BENCH_NO_SUITE'
  | 'BENCH_BASE'
  | 'BENCH_SUITE'
  | 'BENCH_PROCESS'
  | 'BENCH_OUTPUT';

interface BenchErrorOptions {
  /** What the person who sees it can do. */
  readonly hint?: string;
  readonly cause?: unknown;
  readonly exitCode?: ExitCode;
}

const BRAND = Symbol.for('@azfleet/bench.BenchError');

/**
 * An error that is told to the person in one line: what is wrong and, as the hint, what to do about it.
 * `instanceof` holds across two installed copies of the package.
 */
export class BenchError extends Error {
  readonly code: BenchErrorCode;
  readonly hint: string | undefined;
  /** With which `azfleet-bench` ends because of it. */
  readonly exitCode: ExitCode;

  constructor(
    code: BenchErrorCode,
    message: string,
    { hint, cause, exitCode = ExitCode.usage }: BenchErrorOptions = {},
  ) {
    super(message, { cause });
    this.name = 'BenchError';
    this.code = code;
    this.hint = hint;
    this.exitCode = exitCode;
    Object.defineProperty(this, BRAND, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** The command line cannot be understood: exit code 2. */
export function usageError(message: string, hint?: string): BenchError {
  return new BenchError('BENCH_USAGE', message, hint === undefined ? {} : { hint });
}

/** A file cannot be read or is not what it should be: exit code 2. Name the file in the message. */
export function fileError(message: string, hint?: string, cause?: unknown): BenchError {
  return new BenchError('BENCH_FILE', message, { ...(hint === undefined ? {} : { hint }), cause });
}

/** What went wrong and what to do about it, in one line. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof BenchError ? error.hint : undefined;
  const line = message.split('\n').find((part) => part.trim() !== '') ?? 'unknown error';
  if (hint === undefined || hint === '') return line;
  return `${line.replace(/[.;\s]+$/, '')}${hint[0] === hint[0]!.toLowerCase() ? ';' : '.'} ${hint}`;
}
