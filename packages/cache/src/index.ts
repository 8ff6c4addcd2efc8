export {
  Cache,
  type CacheOptions,
  type CacheStats,
  type CacheWarning,
  type NamespaceOptions,
  type NamespaceStats,
  type Stats,
} from './cache.ts';
export type { Clock } from './clock.ts';
export type { Answer, CacheNamespace, Entry, FetchOptions, Loaded, Loader, SetOptions } from './entry.ts';
export { CacheError, type CacheErrorCode } from './errors.ts';
export type { CachePolicy, Freshness } from './freshness.ts';
export type { NamespaceCounts } from './statistics.ts';
export type { Lease, LeaseAttempt, NamespaceId, Size, Store, StoreProblem, StoredEntry, Sweep } from './store.ts';
