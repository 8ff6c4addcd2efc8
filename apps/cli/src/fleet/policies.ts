import type { AnswerKind } from '@azfleet/azure';
import type { CachePolicy } from '@azfleet/cache';
import type { Settings } from '../settings/settings.ts';

const ONE_DAY_MS = 86_400_000;

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
