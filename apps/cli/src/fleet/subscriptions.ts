import type { AzureProfile, SubscriptionInfo } from '@azfleet/azure';

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

/** The same, also by what is kept of the account's subscriptions; `undefined` where only Azure can tell. */
export function keptSubscriptionIds(
  named: readonly string[],
  profile: AzureProfile | undefined,
  readKept: () => readonly SubscriptionInfo[] | undefined,
): string[] | undefined {
  const known = subscriptionIds(named, profile);
  if (known !== undefined || named.length === 0) return known;
  const kept = readKept();
  if (kept === undefined) return undefined;
  const ids = named.includes('*') ? kept.map(({ id }) => id) : named.map((name) => onlyId(name, kept));
  return ids.length === 0 || ids.some((id) => id === undefined)
    ? undefined
    : [...new Set(ids.map((id) => id!.toLowerCase()))];
}

function onlyId(named: string, kept: readonly SubscriptionInfo[]): string | undefined {
  const wanted = named.toLowerCase();
  const found = kept.filter(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted);
  return found.length === 1 ? found[0]!.id : undefined;
}

function idByName(name: string, profile: AzureProfile | undefined): string | undefined {
  const wanted = name.toLowerCase();
  const found = profile?.subscriptions.filter((subscription) => subscription.name.toLowerCase() === wanted) ?? [];
  return found.length === 1 ? found[0]!.id : undefined;
}
