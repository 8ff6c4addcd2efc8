/** How long an answer of a kind is good for. The grace periods count from the end of `freshMs`. */
export interface CachePolicy {
  /** Up to this age an entry answers without asking the origin. */
  freshMs: number;
  /**
   * For so much longer a stale entry answers at once, if the caller wants that, while one refresh runs.
   * @default 0
   */
  staleWhileRevalidateMs?: number;
  /**
   * For so much longer a stale entry answers when the origin cannot.
   * @default 0
   */
  staleIfErrorMs?: number;
}

/** The periods are those of RFC 5861, "HTTP Cache-Control Extensions for Stale Content". */
export type Freshness = 'fresh' | 'stale-while-revalidate' | 'stale-if-error' | 'expired';

/** Clocks of processes on one machine may be set back a little; a time further in the future than this is not believed. */
const futureToleranceMs = 5000;

/** Whether a time is further in the future than clocks that run a little apart explain. */
export function isFromFuture(fetchedAt: number, nowMs: number): boolean {
  return fetchedAt - nowMs > futureToleranceMs;
}

/**
 * The freshness of an entry that was fetched at `fetchedAt`. One from the future is stale: its age is not known, so it
 * answers only where any stale entry would.
 */
export function freshnessOf(fetchedAt: number, nowMs: number, policy: CachePolicy): Freshness {
  const ageMs = nowMs - fetchedAt;
  const staleIfErrorMs = policy.staleIfErrorMs ?? 0;
  if (isFromFuture(fetchedAt, nowMs)) return staleIfErrorMs > 0 ? 'stale-if-error' : 'expired';
  if (ageMs <= policy.freshMs) return 'fresh';
  if (ageMs <= policy.freshMs + (policy.staleWhileRevalidateMs ?? 0)) return 'stale-while-revalidate';
  return ageMs <= policy.freshMs + staleIfErrorMs ? 'stale-if-error' : 'expired';
}

/** Whether the entry may answer when the origin fails. The two grace periods are independent of each other. */
export function answersOnError(fetchedAt: number, nowMs: number, policy: CachePolicy): boolean {
  const freshness = freshnessOf(fetchedAt, nowMs, {
    freshMs: policy.freshMs,
    staleIfErrorMs: policy.staleIfErrorMs ?? 0,
  });
  return freshness === 'fresh' || freshness === 'stale-if-error';
}
