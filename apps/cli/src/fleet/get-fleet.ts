import { type Fleet, readFleetSync } from '@azfleet/azure';
import type { CommandContext } from '../command.ts';
import { type FleetRequest, keptRequest } from './fleet-request.ts';

/** The fleet, and whether a background refresh should follow. */
export interface FleetAnswer {
  readonly fleet: Fleet;
  readonly refreshing: boolean;
}

/** The fleet from the cache where that is allowed and good enough, else from Azure (whose code is loaded only then). */
export async function getFleet(context: CommandContext, request: FleetRequest): Promise<FleetAnswer> {
  const kept = keptFleet(context, request);
  if (kept !== undefined) {
    context.explain.phase('cache', `${kept.fleet.vms.length} machines, 0 calls`);
    return kept;
  }
  const { askAzure } = await import('./ask-azure.ts');
  return { fleet: await askAzure(context, request), refreshing: false };
}

/** The warm path: one small file a subscription. `undefined` where Azure has to be asked. */
function keptFleet(context: CommandContext, request: FleetRequest): FleetAnswer | undefined {
  const how = keptRequest(context, request);
  const kept = how === undefined ? undefined : readFleetSync(how.store, how);
  if (kept === undefined) return undefined;
  return { fleet: kept.fleet, refreshing: request.freshness.mode !== 'offline' && kept.freshness !== 'fresh' };
}
