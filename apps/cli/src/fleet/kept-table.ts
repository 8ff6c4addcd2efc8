import { type Fleet, type PartStamp, readStampsSync } from '@azfleet/azure';
import type { KeptRequest } from './fleet-request.ts';

/**
 * The table of a whole fleet, as it goes into a pipe, kept beside the listing that it was made of. Laying out a thousand
 * rows costs a process that has just started 10 ms and 8 MB, most of it for compilers that will not pay off in it.
 */
export interface KeptTable {
  readonly version: number;
  readonly stamps: PartStamp[];
  readonly text: string;
  readonly count: string;
}

/** Raised when the table looks different: another version is not shown. */
export const KEPT_TABLE_VERSION = 1;

/** The kept table if it still holds, with what there is to say of it. */
export function readKeptTable(
  request: KeptRequest,
): { text: string; count: string; fleet: Omit<Fleet, 'vms'> } | undefined {
  const { store } = request;
  if (!isWhole(request)) return undefined;
  const kept = store.namespace('fleet', undefined).readSync<KeptTable>(keptTableKey(request))?.value;
  if (kept?.version !== KEPT_TABLE_VERSION) return undefined;
  const judged = readStampsSync(store, kept.stamps, request);
  return judged?.freshness === 'fresh' ? { text: kept.text, count: kept.count, fleet: judged.summary } : undefined;
}

/** With a resource group the listing may be that group's alone, which is never the table of the whole subscription. */
export function isWhole({ resourceGroup }: KeptRequest): boolean {
  return resourceGroup === undefined;
}

export function keptTableKey({ subscriptions }: KeptRequest): string {
  return `table ${subscriptions.join(' ')}`;
}
