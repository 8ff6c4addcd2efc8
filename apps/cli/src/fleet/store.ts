import type { AnswerKind, AnswerStore } from '@azfleet/azure';
import { Cache, type CacheNamespace, type CachePolicy } from '@azfleet/cache';
import type { Io } from '../io.ts';
import type { Settings } from '../settings/settings.ts';

const ONE_DAY_MS = 86_400_000;

/** The cache on disk, as the settings want it. */
export function openCache(settings: Settings, io: Io, onWarning?: (text: string) => void): Cache {
  return new Cache({
    directory: settings.paths.cacheDirectory,
    maxBytes: settings.cache.maxBytes,
    clock: io.clock,
    ...(onWarning === undefined ? {} : { onWarning: (warning) => onWarning(warning.message) }),
  });
}

/** How long each kind of answer lives. */
export function policies({ cache }: Settings): Readonly<Record<AnswerKind, CachePolicy>> {
  const { staleWhileRevalidateMs, staleIfErrorMs } = cache;
  const fresh = (freshMs: number): CachePolicy => ({ freshMs, staleWhileRevalidateMs, staleIfErrorMs });
  return {
    vm_list: fresh(cache.vmListMs),
    vm_status: fresh(cache.vmStatusMs),
    nic: fresh(cache.publicIpMs),
    public_ip: fresh(cache.publicIpMs),
    subscriptions: fresh(cache.resourceMs),
    endpoint_metadata: fresh(ONE_DAY_MS),
    // A projection is as fresh as its parts, which are asked one by one; this only says when it may be swept.
    fleet: fresh(cache.vmListMs),
  };
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
        scope: subscriptionId === undefined ? account : [...account, subscriptionId.toLowerCase()],
        policy: policyOf[kind],
      }),
  };
}
