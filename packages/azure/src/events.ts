import { channel } from 'node:diagnostics_channel';

import type { PartKind } from './fleet.ts';

/** What the inventory does while it does it: for a progress line, for `--explain`, for metrics. */
export type InventoryEvent =
  /** An access token was had: from the store, or from a credential (which took `durationMs`). */
  | { type: 'token'; source: 'store' | 'credential'; durationMs: number }
  /** A request to Resource Manager was answered, or failed (status 0). Repeated requests are reported too. */
  | { type: 'request'; kind: RequestKind; subscriptionId: string | undefined; status: number; durationMs: number }
  /** Azure refused a request and asks to wait. */
  | { type: 'throttled'; subscriptionId: string | undefined; retryAfterMs: number | undefined }
  /** A page arrived. */
  | { type: 'page'; kind: RequestKind; subscriptionId: string | undefined; items: number }
  /** Two answers did not fit together, and both are fetched again. */
  | { type: 'refetch'; kinds: PartKind[]; subscriptionId: string };

export type RequestKind = PartKind | 'subscriptions';

/** Publishes on `azfleet:azure:<type>` for whoever subscribed; costs a property read otherwise. */
export function publish(event: InventoryEvent): void {
  const target = channel(`azfleet:azure:${event.type}`);
  if (target.hasSubscribers) target.publish(event);
}
