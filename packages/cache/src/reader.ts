import type { Clock } from './clock.ts';
import type { CacheNamespace, Entry } from './entry.ts';
import { EntryReader } from './entry-reader.ts';
import type { CachePolicy } from './freshness.ts';
import { namespaceId } from './layout.ts';
import { toEntry } from './to-entry.ts';

export interface ReaderOptions {
  /** The `directory` of the cache. */
  directory: string;
  /** The `maxBytes` of the cache. */
  maxBytes: number;
  clock: Clock;
}

/** The part of a {@link CacheNamespace} that blocks, reads, and needs nothing else. */
export type ReadableNamespace = Pick<CacheNamespace, 'name' | 'readSync' | 'generationSync'>;

/**
 * The entries of a `Cache` for a process that only reads, and has no time: a third of the code of a cache to load, and
 * nothing is created, counted or announced. What cannot be trusted is a miss, as it is for the cache, which then says so.
 */
export function openReader(options: ReaderOptions): {
  namespace(options: { kind: string; scope: readonly string[]; policy: CachePolicy }): ReadableNamespace;
} {
  const reader = new EntryReader(options);
  return {
    namespace({ kind, scope, policy }) {
      const id = namespaceId(kind, scope);
      return {
        name: id.name,
        generationSync: () => reader.generationSync(id),
        readSync<T>(key: string): Entry<T> | undefined {
          const stored = reader.readSync(id, key);
          if (stored === undefined || stored.generation !== reader.generationSync(id)) return undefined;
          try {
            return toEntry<T>(stored, options.clock.now(), policy);
          } catch {
            return undefined;
          }
        },
      };
    },
  };
}
