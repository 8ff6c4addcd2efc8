/// <reference lib="esnext.disposable" preserve="true" />
import type { Clock } from './clock.ts';
import type { CacheNamespace } from './entry.ts';
import { CacheError } from './errors.ts';
import { invalidateChannel, warningChannel } from './events.ts';
import { FileStore } from './file-store.ts';
import type { CachePolicy } from './freshness.ts';
import { matches } from './glob.ts';
import { namespaceId } from './layout.ts';
import { Namespace, type NamespaceState } from './namespace.ts';
import { type NamespaceCounts, addCounts, hitRatio, noCounts } from './statistics.ts';
import type { NamespaceId, Size, Store, StoreProblem, Sweep } from './store.ts';

export interface CacheOptions {
  /** Where the files are; created with mode 0700 when something is first kept. */
  directory: string;
  /**
   * About the most that the entries take on the disk. Those used longest ago go first.
   * @default 67108864 (64 MiB)
   */
  maxBytes?: number;
  /** @default the machine's own */
  clock?: Clock;
  /** Keeps the bytes elsewhere than in files; `directory` and `maxBytes` then mean nothing to the cache. */
  store?: Store;
  /** Told of the first thing that costs the caching (a full disk, a damaged file), and of no other. */
  onWarning?: (warning: CacheWarning) => void;
}

export type CacheWarning = StoreProblem;

export interface NamespaceOptions {
  /** What is asked, such as `vm_status`; without ":". */
  kind: string;
  /** For whom, from the general to the special: cloud, tenant, account, subscription. Each scope is apart from all others. */
  scope: readonly string[];
  policy: CachePolicy;
}

/** What is on the disk, and what this process asked for. */
export interface Stats extends Size, NamespaceCounts {
  /** Hits, stale ones too, of all that was asked for; undefined when that was nothing. */
  readonly hitRatio: number | undefined;
}

export interface NamespaceStats extends Stats {
  readonly name: string;
}

export interface CacheStats extends Stats {
  readonly namespaces: readonly NamespaceStats[];
  /** How often something cost the caching in this process, by code. */
  readonly warnings: Readonly<Partial<Record<CacheWarning['code'], number>>>;
}

const defaultMaxBytes = 64 * 1024 * 1024;

const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

/** A cache on the disk that any number of processes share. */
export class Cache implements AsyncDisposable {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #onWarning: ((warning: CacheWarning) => void) | undefined;
  readonly #warnings: Partial<Record<CacheWarning['code'], number>> = {};
  readonly #states = new Map<string, NamespaceState>();
  readonly #background = new Set<Promise<unknown>>();

  /** @throws {@link CacheError} `ERR_INVALID_OPTION` */
  constructor(options: CacheOptions) {
    const { directory, maxBytes = defaultMaxBytes, clock = systemClock } = options;
    if (options.store === undefined && directory === '')
      throw invalid('directory', 'the path of a directory', directory);
    if (!(maxBytes > 0)) throw invalid('maxBytes', 'a positive number', maxBytes);
    this.#clock = clock;
    this.#onWarning = options.onWarning;
    this.#store = options.store ?? new FileStore({ directory, maxBytes, clock });
    this.#store.observe((problem) => this.#warn(problem));
  }

  /**
   * The entries of one kind in one scope. Views of the same kind and scope share everything but the policy.
   *
   * @throws {@link CacheError} `ERR_INVALID_NAME` for a kind or scope that no directory can be named after;
   * `ERR_INVALID_OPTION` for a policy with a negative time.
   */
  namespace(options: NamespaceOptions): CacheNamespace {
    const { freshMs, staleWhileRevalidateMs = 0, staleIfErrorMs = 0 } = options.policy;
    for (const [name, ms] of Object.entries({ freshMs, staleWhileRevalidateMs, staleIfErrorMs })) {
      if (!(ms >= 0)) throw invalid(name, 'a number of milliseconds, 0 or more', ms);
    }
    return new Namespace({
      state: this.#state(namespaceId(options.kind, options.scope)),
      policy: {
        freshMs: finite(freshMs),
        staleWhileRevalidateMs: finite(staleWhileRevalidateMs),
        staleIfErrorMs: finite(staleIfErrorMs),
      },
      store: this.#store,
      clock: this.#clock,
      report: (problem) => this.#warn(problem),
      inBackground: (work) => this.#runInBackground(work),
    });
  }

  /**
   * Nothing that was fetched until now counts any more in the namespaces whose name matches; `*` stands for any
   * characters: `vm_status:*`, `*:*\/sub-1`, `*`. Other processes see it at once. Costs the same at any number of entries.
   *
   * @returns how many namespaces matched.
   */
  async invalidate(pattern: string): Promise<number> {
    const namespaces = await this.#known(pattern);
    for (const namespace of namespaces) await this.#store.bump(namespace);
    if (invalidateChannel.hasSubscribers) invalidateChannel.publish({ pattern, namespaces: namespaces.length });
    return namespaces.length;
  }

  /** {@link invalidate}, and removes the files. */
  async clear(pattern = '*'): Promise<Size & { namespaces: number }> {
    const namespaces = await this.#known(pattern);
    const sizes: Size[] = [];
    for (const namespace of namespaces) sizes.push(await this.#store.clear(namespace));
    return { ...total(sizes), namespaces: namespaces.length };
  }

  /** What is there, and what this process asked for. */
  async stats(pattern = '*'): Promise<CacheStats> {
    const ids = new Map((await this.#known(pattern)).map((id) => [id.name, id]));
    // What never got to the disk was asked for all the same.
    for (const { id } of this.#states.values()) if (matches(pattern, id.name)) ids.set(id.name, id);
    const namespaces: NamespaceStats[] = [];
    for (const id of ids.values()) {
      const counts = this.#states.get(id.name)?.counts ?? noCounts();
      namespaces.push({ name: id.name, ...(await this.#store.size(id)), ...counts, hitRatio: hitRatio(counts) });
    }
    const counts = noCounts();
    for (const namespace of namespaces) addCounts(counts, namespace);
    return { ...total(namespaces), ...counts, hitRatio: hitRatio(counts), namespaces, warnings: { ...this.#warnings } };
  }

  /** Removes what is expired or orphaned, and what is too much. Happens by itself; here it can be had at once. */
  sweep(): Promise<Sweep> {
    return this.#store.sweep();
  }

  /** Waits for refreshes and sweeps that run in the background. */
  async close(): Promise<void> {
    while (this.#background.size > 0) await Promise.all(this.#background);
    await this.#store.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #state(id: NamespaceId): NamespaceState {
    let state = this.#states.get(id.name);
    if (state === undefined) {
      state = { id, counts: noCounts(), flights: new Map() };
      this.#states.set(id.name, state);
    }
    return state;
  }

  async #known(pattern: string): Promise<NamespaceId[]> {
    return (await this.#store.known()).filter((id) => matches(pattern, id.name));
  }

  #runInBackground(work: Promise<unknown>): void {
    this.#background.add(work);
    void work.finally(() => this.#background.delete(work));
  }

  #warn(warning: CacheWarning): void {
    const first = Object.keys(this.#warnings).length === 0;
    this.#warnings[warning.code] = (this.#warnings[warning.code] ?? 0) + 1;
    if (warningChannel.hasSubscribers) warningChannel.publish(warning);
    if (first) this.#onWarning?.(warning);
  }
}

function invalid(name: string, expected: string, value: unknown): CacheError {
  return new CacheError('ERR_INVALID_OPTION', `Expected \`${name}\` to be ${expected}, got ${String(value)}`);
}

/** JSON has no Infinity, and 285,000 years will do. */
function finite(ms: number): number {
  return Math.min(ms, Number.MAX_SAFE_INTEGER);
}

function total(sizes: readonly Size[]): Size {
  let entries = 0;
  let bytes = 0;
  for (const size of sizes) {
    entries += size.entries;
    bytes += size.bytes;
  }
  return { entries, bytes };
}
