import type { FleetErrorCategory } from './fleet.ts';

const brand = Symbol.for('@azfleet/azure/error');

/** What went wrong, as a word that stays the same between versions. */
export type AzureErrorCode =
  | 'ENDPOINT_INVALID'
  | 'AUDIENCE_REFUSED'
  | 'CA_FILE_UNREADABLE'
  | 'FOREIGN_HOST'
  | 'NOT_CACHED'
  | 'NOT_SIGNED_IN'
  | 'PAGES_REPEAT'
  | 'PROXY_INVALID'
  | 'REQUEST_FAILED'
  | 'TIMED_OUT'
  | 'CLOSED';

export interface AzureErrorOptions {
  hint: string;
  category: AzureError['category'];
  cause?: unknown;
}

/** Every error this package throws of its own. `instanceof` holds between two installed copies. */
export class AzureError extends Error {
  override readonly name: string = 'AzureError';
  readonly code: AzureErrorCode;
  /** What the user can do next. */
  readonly hint: string;
  /** `configuration` when nothing was asked, since what is configured does not allow it. */
  readonly category: FleetErrorCategory | 'configuration';

  constructor(code: AzureErrorCode, message: string, options: AzureErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.category = options.category;
    Object.defineProperty(this, brand, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value;
  }
}
