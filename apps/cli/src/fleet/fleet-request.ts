import {
  accountScope,
  type AzureConnection,
  type AzureProfile,
  type ReadableAnswerStore,
  readAzureProfile,
  type ReadFleetRequest,
  readSubscriptionsSync,
  type SubscriptionInfo,
} from '@azfleet/azure';
import type { CommandContext } from '../command.ts';
import type { Settings } from '../settings/settings.ts';
import type { Freshness } from './freshness.ts';
import { keptStore } from './kept-store.ts';
import { policies } from './policies.ts';
import { keptSubscriptionIds } from './subscriptions.ts';

/** What a command needs to know to ask for the fleet, from the cache or from Azure. */
export interface FleetRequest {
  readonly settings: Settings;
  readonly connection: AzureConnection;
  readonly profile: AzureProfile | undefined;
  /** As they were given: ids, names or `*`. */
  readonly subscriptions: readonly string[];
  readonly freshness: Freshness;
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

/** How the cache is asked. */
export type KeptRequest = ReadFleetRequest & {
  readonly store: ReadableAnswerStore;
  /** Whose answers they are: the scope of all namespaces. */
  readonly account: readonly string[];
};

/** `undefined` where only Azure can tell: for its own freshest word, and for subscriptions that nobody here knows. */
export function keptRequest({ io }: CommandContext, request: FleetRequest): KeptRequest | undefined {
  const { settings, freshness, connection, profile } = request;
  if (freshness.mode === 'refresh' || freshness.mode === 'bypass') return undefined;
  // A person sees a stale answer at once; a pipe gets fresh ones only, unless it allowed older ones itself.
  const { mode, maxAgeMs, onlyFresh = false } = freshness;
  const mayBeStale = mode === 'fresh' && maxAgeMs === undefined && !onlyFresh && io.stdout.isTerminal;
  const account = accountScope(connection, profile);
  const store = keptStore(settings, io, account);
  const readKept = (): SubscriptionInfo[] | undefined => readSubscriptionsSync(store, { mode });
  const subscriptions = keptSubscriptionIds(request.subscriptions, profile, readKept);
  if (subscriptions === undefined) return undefined;
  return {
    store,
    account,
    subscriptions,
    now: io.clock.now(),
    policies: policies(settings),
    mode: mayBeStale ? 'stale-while-revalidate' : freshness.mode,
    ...(freshness.maxAgeMs === undefined ? {} : { maxAgeMs: freshness.maxAgeMs }),
    ...(settings.resourceGroup === undefined ? {} : { resourceGroup: settings.resourceGroup }),
  };
}
