import type { AzureProfile } from '@azfleet/azure';

const SUBSCRIPTION_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * The ids of the subscriptions that were named, as far as the signed-in account's own profile tells without a call;
 * `undefined` where Azure has to be asked: for `*`, and for a name that the profile does not have.
 */
export function subscriptionIds(named: readonly string[], profile: AzureProfile | undefined): string[] | undefined {
  const ids = named.map((name) => (SUBSCRIPTION_ID.test(name) ? name : idByName(name, profile)));
  if (named.length === 0 || ids.some((id) => id === undefined)) return undefined;
  return [...new Set(ids.map((id) => id!.toLowerCase()))];
}

function idByName(name: string, profile: AzureProfile | undefined): string | undefined {
  const wanted = name.toLowerCase();
  const found = profile?.subscriptions.filter((subscription) => subscription.name.toLowerCase() === wanted) ?? [];
  return found.length === 1 ? found[0]!.id : undefined;
}
