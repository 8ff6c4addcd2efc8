const brand = Symbol.for('azfleet.cache.error');

/** What went wrong, as a literal that programs can compare. */
export type CacheErrorCode = 'ERR_NOT_CACHED' | 'ERR_NOTHING_TO_REVALIDATE' | 'ERR_INVALID_NAME' | 'ERR_INVALID_OPTION';

const hints: Record<CacheErrorCode, string> = {
  ERR_NOT_CACHED: 'Ask the origin: leave mode "offline" away.',
  ERR_NOTHING_TO_REVALIDATE: 'A loader answers { notModified: true } only when it was given a previous entry.',
  ERR_INVALID_NAME: 'A kind and each part of a scope is a text of 1 to some 200 characters.',
  ERR_INVALID_OPTION: 'See the table of options in the README.',
};

/** The one error class of this package. A failing disk never ends in one: that costs the caching only. */
export class CacheError extends Error {
  override readonly name = 'CacheError';
  readonly code: CacheErrorCode;
  /** What the person can do about it. */
  readonly hint: string;

  constructor(code: CacheErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hints[code];
    Object.defineProperty(this, brand, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value;
  }
}
