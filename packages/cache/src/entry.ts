import type { Freshness } from './freshness.ts';

/** What the cache holds for a key. */
export interface Entry<T> {
  value: T;
  /** The clock's time when the loader started, so that the age is never understated. */
  fetchedAt: number;
  /** Never negative. */
  ageMs: number;
  freshness: Freshness;
  etag?: string;
  /** The namespace's generation when the loader started. */
  generation: number;
}

/** An entry, and where it came from. Callers that waited for one request share its value: treat it as read-only. */
export interface Answer<T> extends Entry<T> {
  /** peer: another process, or another caller in this one, fetched it while this call waited. */
  source: 'cache' | 'origin' | 'peer';
  /** Not fresh, or it answers only because the origin failed. */
  stale: boolean;
  /** Why the origin could not be asked, when a stale entry answers instead. */
  error?: unknown;
}

/** What a loader brings: a value, or the word that the previous entry still holds (its ETag matched). */
export type Loaded<T> = { value: T; etag?: string } | { notModified: true };

/**
 * Asks the origin. `previous` is the entry there is, of any age, for revalidation by its `etag`. The signal is aborted
 * when nobody waits for the answer any more. It either answers in full or throws: what it returns is kept.
 */
export type Loader<T> = (context: { signal: AbortSignal; previous: Entry<T> | undefined }) => Promise<Loaded<T>>;

export interface FetchOptions {
  /**
   * - `fresh`: a fresh entry, or the origin.
   * - `stale-while-revalidate`: an entry in that grace period at once, and one refresh in the background.
   * - `refresh`: the origin; nothing that was fetched before this call counts.
   * - `offline`: only what is there, of any age.
   * - `bypass`: the origin; neither read nor written.
   *
   * @default 'fresh'
   */
  mode?: 'fresh' | 'stale-while-revalidate' | 'refresh' | 'offline' | 'bypass';
  /** An entry counts as fresh up to this age, shorter or longer than the policy's `freshMs`. */
  maxAgeMs?: number;
  signal?: AbortSignal;
}

/** One kind of answer in one scope, with a policy. Values are JSON data. */
export interface CacheNamespace {
  /** `kind:scope/joined/by/slash`, which patterns match. */
  readonly name: string;
  /** The entry, whatever its freshness; undefined when there is none of the present generation. */
  get<T>(key: string): Promise<Entry<T> | undefined>;
  /** {@link get}, blocking, for start-up paths. */
  readSync<T>(key: string): Entry<T> | undefined;
  /**
   * Keeps a value. False: it was not kept, because the generation given is no longer the present one, or because it
   * could not be written.
   */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- lets the caller say what it means to keep
  set<T>(key: string, value: T, options?: SetOptions): Promise<boolean>;
  delete(key: string): Promise<void>;
  /**
   * The entry if it will do, else the loader's answer, which is kept. However many callers and processes miss at once,
   * one asks the origin and the others take its answer; if it fails, the next one asks.
   *
   * @throws the loader's own error when no entry may answer for it; the signal's reason; {@link CacheError}
   * `ERR_NOT_CACHED` in mode `offline`.
   */
  fetch<T>(key: string, loader: Loader<T>, options?: FetchOptions): Promise<Answer<T>>;
  /** The present generation: what was fetched under another one does not count. Take it before asking the origin. */
  generationSync(): number;
  /** Nothing fetched until now counts any more, here and in every other process. Costs the same at any size. */
  invalidate(): Promise<void>;
}

export interface SetOptions {
  etag?: string;
  /** When asking the origin began. Default: now. */
  fetchedAt?: number;
  /** The generation at that time. Default: the present one. */
  generation?: number;
}
