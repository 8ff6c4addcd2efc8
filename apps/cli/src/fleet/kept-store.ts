import type { ReadableAnswerStore } from '@azfleet/azure';
import { openReader } from '@azfleet/cache/reader';
import type { Io } from '../io.ts';
import type { Settings } from '../settings/settings.ts';
import { policies } from './policies.ts';

/** What the cache has, for commands that it answers: they load a third of its code. */
export function keptStore(settings: Settings, io: Io, account: readonly string[]): ReadableAnswerStore {
  const { paths, cache } = settings;
  const reader = openReader({ directory: paths.cacheDirectory, maxBytes: cache.maxBytes, clock: io.clock });
  const policyOf = policies(settings);
  return {
    namespace: (kind, subscriptionId) =>
      reader.namespace({ kind, scope: scopeOf(account, subscriptionId), policy: policyOf[kind] }),
  };
}

/** Below the account that may see it, each subscription by itself. */
export function scopeOf(account: readonly string[], subscriptionId: string | undefined): readonly string[] {
  return subscriptionId === undefined ? account : [...account, subscriptionId.toLowerCase()];
}
