import type { AnswerKind, AnswerStore } from '@azfleet/azure';
import { Cache, type CacheNamespace } from '@azfleet/cache';
import type { Io } from '../io.ts';
import type { Settings } from '../settings/settings.ts';
import { scopeOf } from './kept-store.ts';
import { policies } from './policies.ts';

/** The cache on disk, as the settings want it. */
export function openCache(settings: Settings, io: Io, onWarning?: (text: string) => void): Cache {
  return new Cache({
    directory: settings.paths.cacheDirectory,
    maxBytes: settings.cache.maxBytes,
    clock: io.clock,
    ...(onWarning === undefined ? {} : { onWarning: (warning) => onWarning(warning.message) }),
  });
}

/** Azure's answers in the cache: a namespace for each subscription and kind, below the account that may see them. */
export interface FleetStore extends AnswerStore {
  namespace(kind: AnswerKind, subscriptionId: string | undefined): CacheNamespace;
}

export function answerStore(cache: Cache, settings: Settings, account: readonly string[]): FleetStore {
  const policyOf = policies(settings);
  return {
    namespace: (kind, subscriptionId) =>
      cache.namespace({
        kind,
        scope: scopeOf(account, subscriptionId),
        policy: policyOf[kind],
      }),
  };
}
