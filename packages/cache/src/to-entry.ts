import type { Entry } from './entry.ts';
import { type CachePolicy, freshnessOf } from './freshness.ts';
import type { StoredEntry } from './store.ts';

/** A stored entry as a value, judged by a policy. @throws SyntaxError where its body is no JSON */
export function toEntry<T>(stored: StoredEntry, now: number, policy: CachePolicy): Entry<T> {
  const { fetchedAt, generation, etag } = stored;
  return {
    value: JSON.parse(stored.body) as T,
    fetchedAt,
    ageMs: Math.max(0, now - fetchedAt),
    freshness: freshnessOf(fetchedAt, now, policy),
    generation,
    ...(etag === undefined ? {} : { etag }),
  };
}
