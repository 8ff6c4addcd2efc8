import type { Clock } from './clock.ts';
import { Entries } from './entries.ts';
import type { Answer, CacheNamespace, Entry, FetchOptions, Loader, SetOptions } from './entry.ts';
import { CacheError } from './errors.ts';
import { hitChannel, invalidateChannel, missChannel } from './events.ts';
import { Flight, type Landing, startsSoFar } from './flight.ts';
import { type CachePolicy, answersOnError, freshnessOf, isFromFuture } from './freshness.ts';
import { type OriginContext, type Request, askOrigin } from './origin.ts';
import type { NamespaceCounts } from './statistics.ts';
import type { NamespaceId, Store, StoreProblem } from './store.ts';

/** What a cache has for each namespace, whatever policies it is used with. */
export interface NamespaceState {
  readonly id: NamespaceId;
  readonly counts: NamespaceCounts;
  /** The requests to the origin that run, by key. */
  readonly flights: Map<string, Flight>;
}

export interface NamespaceContext {
  readonly state: NamespaceState;
  readonly policy: CachePolicy;
  readonly store: Store;
  readonly clock: Clock;
  readonly report: (problem: StoreProblem) => void;
  /** Lets work go on after the caller has its answer. */
  readonly inBackground: (work: Promise<unknown>) => void;
}

export class Namespace implements CacheNamespace {
  readonly name: string;
  readonly #id: NamespaceId;
  readonly #policy: CachePolicy;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #entries: Entries;
  readonly #counts: NamespaceCounts;
  readonly #flights: Map<string, Flight>;
  readonly #inBackground: (work: Promise<unknown>) => void;
  readonly #origin: OriginContext;

  constructor(context: NamespaceContext) {
    const { state, policy, store, clock, report } = context;
    this.name = state.id.name;
    this.#id = state.id;
    this.#policy = policy;
    this.#store = store;
    this.#clock = clock;
    this.#entries = new Entries({ store, namespace: state.id, policy, clock, report });
    this.#counts = state.counts;
    this.#flights = state.flights;
    this.#inBackground = context.inBackground;
    this.#origin = { namespace: state.id, store, entries: this.#entries, counts: state.counts, clock };
  }

  async get<T>(key: string): Promise<Entry<T> | undefined> {
    return this.#counted(key, await this.#entries.read<T>(key));
  }

  readSync<T>(key: string): Entry<T> | undefined {
    return this.#counted(key, this.#entries.readSync<T>(key));
  }

  async set(key: string, value: unknown, options: SetOptions = {}): Promise<boolean> {
    const kept = await this.#entries.write(key, value, options);
    if (!kept) this.#counts.notKept += 1;
    return kept;
  }

  async delete(key: string): Promise<void> {
    await this.#store.delete(this.#id, key);
  }

  generationSync(): number {
    this.#store.registerSync(this.#id);
    return this.#store.generationSync(this.#id);
  }

  async invalidate(): Promise<void> {
    this.#store.registerSync(this.#id);
    await this.#store.bump(this.#id);
    if (invalidateChannel.hasSubscribers) invalidateChannel.publish({ pattern: this.name, namespaces: 1 });
  }

  async fetch<T>(key: string, loader: Loader<T>, options: FetchOptions = {}): Promise<Answer<T>> {
    const { mode = 'fresh', signal } = options;
    signal?.throwIfAborted();
    if (mode === 'bypass') return this.#bypass(loader, signal);
    // What comes out of a store is what was put in; that it is a T is the caller's word.
    const anyLoader = loader as Loader<unknown>;
    const policy = options.maxAgeMs === undefined ? this.#policy : { ...this.#policy, freshMs: options.maxAgeMs };

    if (mode !== 'refresh') {
      const entry = await this.#entries.read<T>(key, policy);
      if (entry !== undefined && answersAtOnce(mode, entry)) {
        const stale = entry.freshness !== 'fresh';
        this.#hit(key, entry, stale);
        if (stale && mode === 'stale-while-revalidate') this.#refreshInBackground(key, anyLoader, policy);
        return { ...entry, source: 'cache', stale };
      }
    }
    this.#miss(key);
    if (mode === 'offline') throw new CacheError('ERR_NOT_CACHED', `Nothing is cached for ${key} in ${this.name}`);

    try {
      const landing = await this.#land(key, anyLoader, policy, mode === 'refresh', signal);
      return { ...(landing.entry as Entry<T>), source: landing.source, stale: false };
    } catch (error) {
      signal?.throwIfAborted();
      return this.#answerOnError<T>(key, policy, error);
    }
  }

  async #bypass<T>(loader: Loader<T>, signal = new AbortController().signal): Promise<Answer<T>> {
    const fetchedAt = this.#clock.now();
    const generation = this.#store.generationSync(this.#id);
    this.#counts.loads += 1;
    const loaded = await loader({ signal, previous: undefined });
    if ('notModified' in loaded) {
      throw new CacheError(
        'ERR_NOTHING_TO_REVALIDATE',
        `A loader of ${this.name} answered notModified without a previous entry`,
      );
    }
    const ageMs = Math.max(0, this.#clock.now() - fetchedAt);
    return { ...loaded, fetchedAt, ageMs, generation, freshness: 'fresh', source: 'origin', stale: false };
  }

  /** The origin's answer, or one that came in while this call waited for it. */
  async #land(
    key: string,
    loader: Loader<unknown>,
    policy: CachePolicy,
    refresh: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Landing> {
    const askedAt = this.#clock.now();
    const order = startsSoFar();
    const accepts = (entry: Entry<unknown>): boolean => {
      const now = this.#clock.now();
      if (entry.fetchedAt > askedAt && !isFromFuture(entry.fetchedAt, now)) return true;
      return !refresh && freshnessOf(entry.fetchedAt, now, policy) === 'fresh';
    };
    for (;;) {
      const running = this.#flights.get(key);
      if (running === undefined || running.isAbandoned) {
        return this.#takeOff({ key, loader, accepts }).join(signal);
      }
      const joinable = refresh ? running.startsAfter(order) : running.serves(this.#store.generationSync(this.#id));
      if (!joinable) {
        await running.settled(signal);
        continue;
      }
      const landing = await running.join(signal);
      if (landing.source === 'origin' || accepts(landing.entry)) return { entry: landing.entry, source: 'peer' };
    }
  }

  #takeOff(request: Request): Flight {
    const { key } = request;
    const flight: Flight = new Flight(async () => {
      try {
        return await askOrigin(this.#origin, request, flight);
      } finally {
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
      }
    });
    this.#flights.set(key, flight);
    return flight;
  }

  #refreshInBackground(key: string, loader: Loader<unknown>, policy: CachePolicy): void {
    const running = this.#flights.get(key);
    if (running !== undefined && !running.isAbandoned) return;
    const accepts = (entry: Entry<unknown>): boolean =>
      freshnessOf(entry.fetchedAt, this.#clock.now(), policy) === 'fresh';
    // A failure is counted and announced where it happens; the caller has its answer.
    this.#inBackground(
      this.#takeOff({ key, loader, accepts })
        .join()
        .catch(() => undefined),
    );
  }

  async #answerOnError<T>(key: string, policy: CachePolicy, error: unknown): Promise<Answer<T>> {
    const entry = await this.#entries.read<T>(key, policy);
    if (entry === undefined || !answersOnError(entry.fetchedAt, this.#clock.now(), policy)) throw error;
    // The origin was asked in vain, and so this was a hit after all.
    this.#counts.misses -= 1;
    this.#hit(key, entry, true);
    return { ...entry, source: 'cache', stale: true, error };
  }

  #counted<T>(key: string, entry: Entry<T> | undefined): Entry<T> | undefined {
    if (entry === undefined) this.#miss(key);
    else this.#hit(key, entry, entry.freshness !== 'fresh');
    return entry;
  }

  #hit(key: string, entry: Entry<unknown>, stale: boolean): void {
    if (stale) this.#counts.staleHits += 1;
    else this.#counts.hits += 1;
    if (hitChannel.hasSubscribers) {
      hitChannel.publish({ namespace: this.name, key, freshness: entry.freshness, ageMs: entry.ageMs });
    }
  }

  #miss(key: string): void {
    this.#counts.misses += 1;
    if (missChannel.hasSubscribers) missChannel.publish({ namespace: this.name, key });
  }
}

function answersAtOnce(mode: FetchOptions['mode'], entry: Entry<unknown>): boolean {
  if (mode === 'offline' || entry.freshness === 'fresh') return true;
  return mode === 'stale-while-revalidate' && entry.freshness === 'stale-while-revalidate';
}
