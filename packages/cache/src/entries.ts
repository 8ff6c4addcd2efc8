import type { Clock } from './clock.ts';
import type { Entry, SetOptions } from './entry.ts';
import type { CachePolicy } from './freshness.ts';
import { toEntry } from './to-entry.ts';
import type { NamespaceId, Store, StoreProblem, StoredEntry } from './store.ts';

/** The entries of a namespace as values: what a store holds as text, if it is of the present generation. */
export class Entries {
  readonly #store: Store;
  readonly #namespace: NamespaceId;
  readonly #policy: CachePolicy;
  readonly #clock: Clock;
  readonly #report: (problem: StoreProblem) => void;

  constructor(options: {
    store: Store;
    namespace: NamespaceId;
    policy: CachePolicy;
    clock: Clock;
    report: (problem: StoreProblem) => void;
  }) {
    this.#store = options.store;
    this.#namespace = options.namespace;
    this.#policy = options.policy;
    this.#clock = options.clock;
    this.#report = options.report;
  }

  async read<T>(key: string, policy = this.#policy): Promise<Entry<T> | undefined> {
    return this.#toEntry(await this.#store.read(this.#namespace, key), policy);
  }

  readSync<T>(key: string): Entry<T> | undefined {
    return this.#toEntry(this.#store.readSync(this.#namespace, key), this.#policy);
  }

  /** Whether it was kept. A value that JSON cannot say is not. */
  async write(key: string, value: unknown, options: SetOptions): Promise<boolean> {
    const body = this.#toJson(key, value);
    if (body === undefined) return false;
    return this.#store.writeIfGeneration(this.#namespace, {
      key,
      body,
      generation: options.generation ?? this.#store.generationSync(this.#namespace),
      fetchedAt: options.fetchedAt ?? this.#clock.now(),
      policy: this.#policy,
      ...(options.etag === undefined ? {} : { etag: options.etag }),
    });
  }

  #toEntry<T>(stored: StoredEntry | undefined, policy: CachePolicy): Entry<T> | undefined {
    // Asked after the entry was read: an invalidation in between makes it a miss.
    if (stored === undefined || stored.generation !== this.#store.generationSync(this.#namespace)) return undefined;
    try {
      return toEntry<T>(stored, this.#clock.now(), policy);
    } catch (cause) {
      const message = `A cache entry of ${this.#namespace.name} is damaged and will be replaced`;
      this.#report({ code: 'corrupt-entry', message, cause });
      return undefined;
    }
  }

  #toJson(key: string, value: unknown): string | undefined {
    try {
      const body = JSON.stringify(value) as string | undefined;
      if (body !== undefined) return body;
      this.#notJson(key, undefined);
    } catch (cause) {
      this.#notJson(key, cause);
    }
    return undefined;
  }

  #notJson(key: string, cause: unknown): void {
    const message = `An answer could not be cached: the value for ${key} in ${this.#namespace.name} is no JSON data`;
    this.#report({ code: 'not-kept', message, cause });
  }
}
