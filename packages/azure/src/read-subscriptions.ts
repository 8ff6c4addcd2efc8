import type { AnswerMode, ReadableAnswerStore } from './answers.ts';
import type { SubscriptionInfo } from './azure-api.ts';
import { answerKey } from './keys.ts';

/**
 * The subscriptions of the signed-in account from the store alone, synchronously. Undefined unless the list is fresh, or
 * of any age with `offline`: then ask `Inventory.subscriptions()`. A list in its grace period is not enough: a
 * subscription that is missing in it would be missing without a word.
 */
export function readSubscriptionsSync(
  store: ReadableAnswerStore,
  { mode = 'fresh' }: { mode?: AnswerMode } = {},
): SubscriptionInfo[] | undefined {
  if (mode === 'refresh' || mode === 'bypass') return undefined;
  const kept = store.namespace('subscriptions', undefined).readSync<SubscriptionInfo[]>(answerKey());
  return kept !== undefined && (kept.freshness === 'fresh' || mode === 'offline') ? kept.value : undefined;
}
