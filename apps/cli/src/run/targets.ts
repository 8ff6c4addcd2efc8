import type { Fleet, Part } from '@azfleet/azure';
import type { ListedVm } from '../fleet/columns.ts';
import type { Settings } from '../settings/settings.ts';
import { addressOf, type Place } from './address.ts';

/** A machine on which nothing is run, and why. */
export interface Skipped {
  readonly machine: ListedVm;
  readonly reason: string;
}

/** The machines of a selection: where to run, and where not. */
export interface Targets {
  readonly places: readonly Place[];
  readonly skipped: readonly Skipped[];
}

/** A state that is not known, and one that may be over any moment (`starting`), are worth a try. */
const NOT_RUNNING = new Set(['deallocated', 'deallocating', 'stopped', 'stopping']);

export function targetsOf(vms: readonly ListedVm[], fleet: Pick<Fleet, 'parts'>, { ssh }: Settings): Targets {
  const fromCache = subscriptionsFromCache(fleet.parts);
  const places: Place[] = [];
  const skipped: Skipped[] = [];
  for (const machine of vms) {
    const address = addressOf(machine, ssh);
    const reason = reasonToSkip(machine, address);
    if (reason !== undefined) skipped.push({ machine, reason });
    else {
      const isFromAzure = !fromCache.has(machine.subscriptionId.toLowerCase());
      places.push({ machine, address: address!, isFromAzure });
    }
  }
  return { places, skipped };
}

/** Part of the listing could not be had: the machine may well have one. */
export const ADDRESS_UNKNOWN = 'address unknown';

function reasonToSkip(machine: ListedVm, address: string | undefined): string | undefined {
  const { powerState, os, publicIps, privateIps } = machine;
  if (NOT_RUNNING.has(powerState)) return powerState;
  if (os === 'Windows') return os;
  if (address !== undefined) return undefined;
  return publicIps === null || privateIps === null ? ADDRESS_UNKNOWN : 'no address';
}

/** Which address belongs to which machine is told by these answers together. */
const TELLS_ADDRESSES: ReadonlySet<Part['kind']> = new Set(['vm-list', 'nic', 'public-ip']);

function subscriptionsFromCache(parts: readonly Part[]): Set<string> {
  const cached = parts.filter(({ kind, source }) => source === 'cache' && TELLS_ADDRESSES.has(kind));
  return new Set(cached.map(({ subscriptionId }) => subscriptionId.toLowerCase()));
}
