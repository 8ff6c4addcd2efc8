import type { AnswerFreshness, AnswerMode, AnswerPolicy, ReadableAnswerStore } from './answers.ts';
import { type Fleet, PART_KINDS, type Part, type PartKind, summarizeParts } from './fleet.ts';
import { answerKey, KIND_OF_PART } from './keys.ts';
import { decodeProjection, PROJECTION_VERSION, type Projection } from './projection.ts';

/** The policies of the four parts. */
export type FleetPolicies = Readonly<Record<'vm_list' | 'vm_status' | 'nic' | 'public_ip', AnswerPolicy>>;

export interface ReadFleetRequest {
  subscriptions: readonly string[];
  /** Also reads what a listing narrowed to this group left, where the subscription itself may not be listed. */
  resourceGroup?: string;
  policies: FleetPolicies;
  /** Milliseconds since the epoch. */
  now: number;
  maxAgeMs?: number;
  /**
   * `fresh` gives a listing only if all of it is fresh, `stale-while-revalidate` also one in its grace period, `offline`
   * one of any age; the other modes never.
   * @default 'fresh'
   */
  mode?: AnswerMode;
}

/** A time further in the future than this is not believed. */
const FUTURE_MS = 5000;

/** What a kept listing was made of: enough to tell later whether it still holds. */
export interface PartStamp {
  subscriptionId: string;
  kind: PartKind;
  fetchedAt: number;
  generation: number;
}

/** A kept listing, how fresh it is, and what it was made of. */
export interface KeptFleet {
  fleet: Fleet;
  freshness: AnswerFreshness;
  stamps: PartStamp[];
}

/**
 * The listing from the store alone, synchronously: one projection a subscription and the generations of its parts are
 * read, nothing else is loaded. Undefined when there is any doubt (a subscription without a projection, an
 * invalidated part, an age the mode does not allow): then ask an `Inventory`.
 */
export function readFleetSync(store: ReadableAnswerStore, request: ReadFleetRequest): KeptFleet | undefined {
  if (!mayBeKept(request)) return undefined;
  const projections: Projection[] = [];
  const stamps: PartStamp[] = [];
  for (const subscriptionId of request.subscriptions) {
    const projection = readProjection(store, subscriptionId, request.resourceGroup);
    if (projection === undefined) return undefined;
    projections.push(projection);
    for (const [kind, fetchedAt, generation] of projection.parts) {
      stamps.push({ subscriptionId, kind, fetchedAt, generation });
    }
  }
  const judged = judge(stamps, request);
  if (judged === undefined) return undefined;
  const vms = request.subscriptions.flatMap((subscriptionId, index) =>
    decodeProjection(subscriptionId, projections[index]!),
  );
  return { fleet: { vms, ...judged.summary }, freshness: judged.freshness, stamps };
}

/**
 * Whether something that was made of these parts still holds: its age and staleness as `readFleetSync` would tell them,
 * without machines; undefined where `readFleetSync` would give nothing. For what a caller keeps beside the listing.
 */
export function readStampsSync(
  store: ReadableAnswerStore,
  stamps: readonly PartStamp[],
  request: Omit<ReadFleetRequest, 'subscriptions' | 'resourceGroup'>,
): { summary: Omit<Fleet, 'vms'>; freshness: AnswerFreshness } | undefined {
  if (!mayBeKept(request) || !stamps.every((stamp) => isCurrent(store, stamp))) return undefined;
  return judge(stamps, request);
}

function mayBeKept({ mode }: Pick<ReadFleetRequest, 'mode'>): boolean {
  return mode !== 'refresh' && mode !== 'bypass';
}

function isCurrent(store: ReadableAnswerStore, { subscriptionId, kind, generation }: PartStamp): boolean {
  return store.namespace(KIND_OF_PART[kind], subscriptionId).generationSync() === generation;
}

function judge(
  stamps: readonly PartStamp[],
  { mode = 'fresh', now, maxAgeMs, policies }: Omit<ReadFleetRequest, 'subscriptions'>,
): { summary: Omit<Fleet, 'vms'>; freshness: AnswerFreshness } | undefined {
  let freshness: AnswerFreshness = 'fresh';
  const parts: Part[] = [];
  for (const { subscriptionId, kind, fetchedAt } of stamps) {
    const partFreshness = freshnessOf(now - fetchedAt, policies[KIND_OF_PART[kind]], maxAgeMs);
    if (RANK[partFreshness] > RANK[freshness]) freshness = partFreshness;
    const ageMs = Math.max(0, now - fetchedAt);
    parts.push({ subscriptionId, kind, source: 'cache', fetchedAt, ageMs, stale: partFreshness !== 'fresh' });
  }
  if (!isAllowed(freshness, mode)) return undefined;
  return { summary: { parts, errors: [], azureCalls: 0, ...summarizeParts(parts) }, freshness };
}

const RANK: Record<AnswerFreshness, number> = {
  fresh: 0,
  'stale-while-revalidate': 1,
  'stale-if-error': 2,
  expired: 3,
};

function isAllowed(freshness: AnswerFreshness, mode: AnswerMode): boolean {
  if (mode === 'offline') return true;
  return RANK[freshness] <= (mode === 'fresh' ? RANK.fresh : RANK['stale-while-revalidate']);
}

/** The same rule as the cache's: the grace periods count from the end of fresh; what is from the future is not fresh. */
function freshnessOf(ageMs: number, policy: AnswerPolicy, maxAgeMs: number | undefined): AnswerFreshness {
  if (ageMs < -FUTURE_MS) return 'expired';
  const freshMs = maxAgeMs ?? policy.freshMs;
  if (ageMs <= freshMs) return 'fresh';
  if (ageMs <= freshMs + (policy.staleWhileRevalidateMs ?? 0)) return 'stale-while-revalidate';
  if (ageMs <= freshMs + (policy.staleIfErrorMs ?? 0)) return 'stale-if-error';
  return 'expired';
}

/** The newest projection, of the subscription or of the group, whose parts still are of the generations it names. */
function readProjection(
  store: ReadableAnswerStore,
  subscriptionId: string,
  resourceGroup: string | undefined,
): Projection | undefined {
  const namespace = store.namespace('fleet', subscriptionId);
  const keys = resourceGroup === undefined ? [answerKey()] : [answerKey(), answerKey(resourceGroup)];
  let newest: Projection | undefined;
  for (const key of keys) {
    const projection = namespace.readSync<Projection>(key)?.value;
    if (projection?.version !== PROJECTION_VERSION || projection.parts.length !== PART_KINDS.length) continue;
    const isWhole = projection.parts.every(([kind, fetchedAt, generation]) =>
      isCurrent(store, { subscriptionId, kind, fetchedAt, generation }),
    );
    if (isWhole && (newest === undefined || oldestPart(projection) > oldestPart(newest))) newest = projection;
  }
  return newest;
}

function oldestPart({ parts }: Projection): number {
  return Math.min(...parts.map(([, fetchedAt]) => fetchedAt));
}
