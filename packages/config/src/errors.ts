import type { Problem } from './problem.ts';
import { formatProblem } from './problem.ts';

const brand = Symbol.for('@azfleet/config/ConfigError');

/** What went wrong, as a stable word for programs. */
export type ConfigErrorCode =
  /** The file, a variable or a flag holds something that is not valid; `problems` names each. */
  | 'CONFIG_INVALID'
  /** The file is there and cannot be read. */
  | 'CONFIG_UNREADABLE'
  /** The file could not be written; it is as it was. */
  | 'CONFIG_UNWRITABLE'
  /** A context was asked for that the file does not define. */
  | 'CONFIG_UNKNOWN_CONTEXT'
  /** A key was named that the schema does not define. */
  | 'CONFIG_UNKNOWN_KEY'
  /** A name was given that is not a valid name, or is taken. */
  | 'CONFIG_INVALID_NAME';

/** Details of a {@link ConfigError}. */
export interface ConfigErrorOptions {
  readonly code: ConfigErrorCode;
  /** What the person can do next. */
  readonly hint?: string | undefined;
  readonly problems?: readonly Problem[] | undefined;
  readonly cause?: unknown;
}

/**
 * The one error of this package. Its message has one line a problem.
 *
 * `instanceof` holds across two installed copies of the package.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: ConfigErrorCode;
  readonly hint: string | undefined;
  /** Every problem that was found, in the order of the file; empty for the codes that are not about its content. */
  readonly problems: readonly Problem[];

  constructor(message: string, options: ConfigErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.hint = options.hint;
    this.problems = options.problems ?? [];
    Object.defineProperty(this, brand, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value;
  }
}

/** The error for content that is not valid: one line a problem. */
export function invalidConfig(problems: readonly Problem[], hint?: string): ConfigError {
  return new ConfigError(problems.map(formatProblem).join('\n'), { code: 'CONFIG_INVALID', problems, hint });
}
