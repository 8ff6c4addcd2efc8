/** What an {@link ExecutorError} is about. */
export type ExecutorErrorCode =
  | 'EXECUTOR_INVALID_OPTION'
  | 'EXECUTOR_CONNECT_TIMEOUT'
  | 'EXECUTOR_RUN_TIMEOUT'
  | 'EXECUTOR_DEADLINE'
  | 'EXECUTOR_HALTED'
  | 'EXECUTOR_STOPPED';

const BRAND = Symbol.for('@azfleet/executor.ExecutorError');

/**
 * Every error that the executor itself makes. A task's own errors are never wrapped.
 * `instanceof` holds across two installed copies of the package.
 */
export class ExecutorError extends Error {
  readonly code: ExecutorErrorCode;
  /** What the person who sees it can do. */
  readonly hint: string;

  constructor(code: ExecutorErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ExecutorError';
    this.code = code;
    this.hint = hint;
    Object.defineProperty(this, BRAND, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

export function invalidOption(name: string, expected: string, actual: unknown): ExecutorError {
  return new ExecutorError(
    'EXECUTOR_INVALID_OPTION',
    `Expected \`${name}\` to be ${expected}, got ${describe(actual)}.`,
    `Give \`${name}\` as ${expected}.`,
  );
}

export function connectTimeout(limitMs: number): ExecutorError {
  return new ExecutorError(
    'EXECUTOR_CONNECT_TIMEOUT',
    `No connection after ${seconds(limitMs)}.`,
    'Check that the machine is running and reachable, or allow longer with `timeouts.connectMs`.',
  );
}

export function runTimeout(limitMs: number): ExecutorError {
  return new ExecutorError(
    'EXECUTOR_RUN_TIMEOUT',
    `Not finished after ${seconds(limitMs)}.`,
    'Allow longer with `timeouts.runMs`.',
  );
}

export function deadlineReached(limitMs: number): ExecutorError {
  return new ExecutorError(
    'EXECUTOR_DEADLINE',
    `The whole was not finished after ${seconds(limitMs)}.`,
    'Allow longer with `deadlineMs`, or give it less to do.',
  );
}

export function halted(reason: string, cause?: unknown): ExecutorError {
  return new ExecutorError(
    'EXECUTOR_HALTED',
    `Halted: ${reason}.`,
    'Look at the failures, then run what was skipped.',
    cause === undefined ? undefined : { cause },
  );
}

export function stopped(): ExecutorError {
  return new ExecutorError(
    'EXECUTOR_STOPPED',
    'The results are no longer read.',
    'Read them to the end to run every task.',
  );
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`;
}

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}
