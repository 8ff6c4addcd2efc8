const brand = Symbol.for('azfleet.azure-sim.error');

/** What went wrong, for programs. */
export type AzureSimErrorCode =
  | 'INVALID_OPTION'
  | 'LISTEN_FAILED'
  | 'UNKNOWN_SUBSCRIPTION'
  | 'UNKNOWN_MACHINE'
  | 'AMBIGUOUS_MACHINE'
  | 'DUPLICATE_MACHINE';

/**
 * Every error that this package throws to its caller. (What the simulated Azure answers to its clients is an HTTP answer,
 * never one of these.) `instanceof` holds across two installed copies of the package.
 */
export class AzureSimError extends Error {
  override readonly name = 'AzureSimError';
  readonly code: AzureSimErrorCode;
  /** What to do next, in one line. */
  readonly hint: string;
  readonly [brand] = true;

  constructor(code: AzureSimErrorCode, message: string, options: { hint: string; cause?: unknown }) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.code = code;
    this.hint = options.hint;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value;
  }
}

export function unknownSubscription(id: string, known: readonly string[]): AzureSimError {
  const hint = `Give one of ${known.join(', ')}.`;
  return new AzureSimError('UNKNOWN_SUBSCRIPTION', `There is no subscription \`${id}\`.`, { hint });
}
