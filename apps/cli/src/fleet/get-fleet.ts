import {
  accountScope,
  type AzureConnection,
  type AzureProfile,
  type Fleet,
  readAzureProfile,
  readFleetSync,
  type ReadFleetRequest,
} from '@azfleet/azure';
import type { CommandContext } from '../command.ts';
import type { Settings } from '../settings/settings.ts';
import type { Freshness } from './freshness.ts';
import { answerStore, type FleetStore, openCache, policies } from './store.ts';
import { subscriptionIds } from './subscriptions.ts';

/** What a command needs to know to ask for the fleet, from the cache or from Azure. */
export interface FleetRequest {
  readonly settings: Settings;
  readonly connection: AzureConnection;
  readonly profile: AzureProfile | undefined;
  /** As they were given: ids, names or `*`. */
  readonly subscriptions: readonly string[];
  readonly freshness: Freshness;
}

/** The fleet, and whether a background refresh should follow. */
export interface FleetAnswer {
  readonly fleet: Fleet;
  readonly refreshing: boolean;
}

export function fleetRequest(context: CommandContext, settings: Settings, freshness: Freshness): FleetRequest {
  const { env, homeDirectory } = context.io;
  const profile = readAzureProfile(env, homeDirectory);
  const subscriptions = settings.subscriptions.length > 0 ? settings.subscriptions : currentSubscription(profile);
  return { settings, profile, subscriptions, freshness, connection: connectionOf(settings, env) };
}

function currentSubscription(profile: AzureProfile | undefined): string[] {
  return profile?.subscriptionId === undefined ? [] : [profile.subscriptionId];
}

function connectionOf(settings: Settings, env: AzureConnection['env']): AzureConnection {
  const { cloud, credential, endpoint, audience, caFile, tenant, clientId } = settings;
  return {
    cloud,
    credential,
    env,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(audience === undefined ? {} : { audience }),
    ...(caFile === undefined ? {} : { caFile }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(clientId === undefined ? {} : { clientId }),
  };
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

/** How the cache is asked. */
export type KeptRequest = ReadFleetRequest & { readonly store: FleetStore };

/** `undefined` where only Azure can tell: for its own freshest word, and for subscriptions that nobody here knows. */
export function keptRequest({ io }: CommandContext, request: FleetRequest): KeptRequest | undefined {
  const { settings, freshness, connection, profile } = request;
  if (freshness.mode === 'refresh' || freshness.mode === 'bypass') return undefined;
  const subscriptions = subscriptionIds(request.subscriptions, profile);
  if (subscriptions === undefined) return undefined;
  // A person sees a stale answer at once; a pipe gets fresh ones only, unless it allowed older ones itself.
  const mayBeStale = freshness.mode === 'fresh' && freshness.maxAgeMs === undefined && io.stdout.isTerminal;
  return {
    store: answerStore(openCache(settings, io), settings, accountScope(connection, profile)),
    subscriptions,
    now: io.clock.now(),
    policies: policies(settings),
    mode: mayBeStale ? 'stale-while-revalidate' : freshness.mode,
    ...(freshness.maxAgeMs === undefined ? {} : { maxAgeMs: freshness.maxAgeMs }),
    ...(settings.resourceGroup === undefined ? {} : { resourceGroup: settings.resourceGroup }),
  };
}

/** The warm path: one small file a subscription. `undefined` where Azure has to be asked. */
function keptFleet(context: CommandContext, request: FleetRequest): FleetAnswer | undefined {
  const how = keptRequest(context, request);
  const kept = how === undefined ? undefined : readFleetSync(how.store, how);
  if (kept === undefined) return undefined;
  return { fleet: kept.fleet, refreshing: request.freshness.mode !== 'offline' && kept.freshness !== 'fresh' };
}
