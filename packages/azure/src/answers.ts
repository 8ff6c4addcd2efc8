/**
 * Where Azure's answers are kept between calls. These shapes are what this package needs of a cache; a `Cache` of
 * `@azfleet/cache` fits them, and so does anything else that does what is said here.
 */

/**
 * The kinds of answers kept, each with a time to live of its own. `fleet` is the joined projection that `readFleetSync`
 * reads; it is written after a complete listing and is only as good as the generations of its parts.
 */
export type AnswerKind =
  | 'vm_list'
  | 'vm_status'
  | 'nic'
  | 'public_ip'
  | 'subscriptions'
  | 'endpoint_metadata'
  | 'fleet';

/** How old an answer may be. The grace periods count from the end of `freshMs`. */
export interface AnswerPolicy {
  /** Milliseconds for which an answer is served without asking Azure. */
  freshMs: number;
  /** Milliseconds for which it may be shown at once while a refresh runs. @default 0 */
  staleWhileRevalidateMs?: number;
  /** Milliseconds for which it may be shown when Azure cannot be asked. @default 0 */
  staleIfErrorMs?: number;
}

export type AnswerFreshness = 'fresh' | 'stale-while-revalidate' | 'stale-if-error' | 'expired';

/** An answer as it lies in the store. */
export interface StoredAnswer<T> {
  value: T;
  /** When the call that brought it started, in milliseconds since the epoch. */
  fetchedAt: number;
  ageMs: number;
  freshness: AnswerFreshness;
  /** The generation of the namespace when the call started: an invalidation raises it. */
  generation: number;
}

/** An answer as `fetch` gives it. */
export interface FetchedAnswer<T> extends StoredAnswer<T> {
  /** `peer`: another caller, in this process or another, fetched it while we waited. */
  source: 'cache' | 'origin' | 'peer';
  stale: boolean;
  /** Why Azure could not be asked, when an old answer stands in for the new one (`stale` is then true). */
  error?: unknown;
}

/**
 * Which answers do. `fresh`: a fresh one, or Azure's. `stale-while-revalidate`: one in its grace period at once, refreshed
 * in the background. `refresh`: nothing fetched before this call. `offline`: what is there, of any age. `bypass`: Azure's;
 * nothing is read or written.
 */
export type AnswerMode = 'fresh' | 'stale-while-revalidate' | 'refresh' | 'offline' | 'bypass';

export interface AnswerFetchOptions {
  /** @default 'fresh' */
  mode?: AnswerMode;
  /** An answer counts as fresh up to this age, instead of the policy's `freshMs`. */
  maxAgeMs?: number;
  signal?: AbortSignal;
}

/** One kind of answers of one subscription. */
export interface AnswerNamespace {
  get<T>(key: string): Promise<StoredAnswer<T> | undefined>;
  readSync<T>(key: string): StoredAnswer<T> | undefined;
  /** Resolves to false when the answer was not kept. */
  set(key: string, value: unknown, options?: { fetchedAt?: number; generation?: number }): Promise<boolean>;
  /** Single-flight: callers that miss at the same time, in any process, cause one call of `loader`. */
  fetch<T>(
    key: string,
    loader: (context: { signal: AbortSignal }) => Promise<{ value: T }>,
    options?: AnswerFetchOptions,
  ): Promise<FetchedAnswer<T>>;
  generationSync(): number;
}

/** A store that is only read, and at once. */
export interface ReadableAnswerStore {
  namespace(kind: AnswerKind, subscriptionId: string | undefined): Pick<AnswerNamespace, 'readSync' | 'generationSync'>;
}

/** Gives the namespace of a kind; `subscriptionId` is undefined for answers that belong to none. */
export interface AnswerStore extends ReadableAnswerStore {
  namespace(kind: AnswerKind, subscriptionId: string | undefined): AnswerNamespace;
}
