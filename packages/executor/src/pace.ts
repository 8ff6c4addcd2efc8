import { refillOf } from './refill.ts';

// Where no rate is known yet.
const FIRST_PER_MS = 0.008;
const DOUBLES_EVERY_MS = 500;
const MOST_DOUBLINGS = 30;
// CUBIC: how long it is until the last known rate is reached again, and how fast it is left.
const FLAT_AFTER_MS = 5000;
const STEEPNESS = 0.15;
// Refusals may cost tokens too: the first measure is low by those of the first burst, and is left sooner.
const FIRST_FLAT_AFTER_MS = 1000;
// A timer is not more exact than this: at most so much is made up for at once.
const TIMER_MS = 10;
const REMEMBERED = 5000;
const TRUST_IN_BURST = 0.9;

export interface PaceState {
  readonly ratePerSecond?: number | undefined;
  /** Requests that were taken before the first was throttled. */
  readonly burst?: number | undefined;
}

/**
 * How fast to send where the server says nothing but 429. Its quota is taken for a bucket of tokens: between two moments
 * when it was empty, it took just what was refilled. That rate is kept to, and regrown like the window of CUBIC (RFC 9438):
 * fast towards the last known rate, flat around it, then faster and faster.
 */
export class Pace {
  #isLimited: boolean;
  #refill: number | undefined;
  #burst: number | undefined;
  #tokens: number;
  #filledAt: number | undefined;
  /** The last two times that the bucket was empty, and what was taken since the first of them. */
  #emptyBefore: number | undefined;
  #emptyAt: number | undefined;
  #taken = 0;
  /** When those were sent, as long as they are not too many to remember. */
  #takenAt: number[] = [];
  #measures = 0;
  #resumedAt = 0;

  constructor({ ratePerSecond, burst }: PaceState = {}) {
    this.#isLimited = ratePerSecond !== undefined;
    this.#refill = ratePerSecond === undefined ? undefined : ratePerSecond / 1000;
    this.#burst = burst;
    this.#tokens = TRUST_IN_BURST * (burst ?? 1);
  }

  state(now: number): PaceState {
    if (this.#refill === undefined) return {};
    const rate = this.#emptyAt === undefined ? this.rate(now) : this.#refill;
    return { ratePerSecond: rate * 1000, ...(this.#burst === undefined ? {} : { burst: this.#burst }) };
  }

  /** Requests a millisecond, at the moment. */
  rate(now: number): number {
    if (!this.#isLimited) return Infinity;
    const elapsed = now - this.#resumedAt;
    if (this.#refill === undefined) return FIRST_PER_MS * 2 ** Math.min(MOST_DOUBLINGS, elapsed / DOUBLES_EVERY_MS);
    // A rate of an earlier run may have been that of a bad day: it starts flat, and grows if all goes well.
    if (this.#emptyAt === undefined) return this.#refill * (1 + STEEPNESS * (elapsed / FLAT_AFTER_MS) ** 3);
    const flatAfterMs = this.#measures > 1 ? FLAT_AFTER_MS : FIRST_FLAT_AFTER_MS;
    return this.#refill * (1 + STEEPNESS * (elapsed / flatAfterMs - 1) ** 3);
  }

  delayMs(now: number): number {
    if (!this.#isLimited) return 0;
    if (this.#filledAt === undefined) this.#resumedAt = now;
    this.#fill(now);
    return this.#tokens >= 1 ? 0 : (1 - this.#tokens) / this.rate(now);
  }

  sent(): void {
    this.#tokens -= 1;
  }

  /** A request that was sent then was taken. */
  accepted(sentAt: number): void {
    this.#taken += 1;
    if (this.#isLimited && this.#taken <= REMEMBERED) this.#takenAt.push(sentAt);
  }

  /** The bucket is empty. Requests that are still under way may have been taken before. */
  empty(now: number): void {
    this.#isLimited = true;
    this.#tokens = 1;
    this.#emptyBefore = this.#emptyAt;
    this.#emptyAt = now;
  }

  /** The first request after the pause was taken, so those sent before it have been answered. */
  resumed(now: number): void {
    this.#measure();
    this.#taken = 0;
    this.#takenAt = [];
    this.#resumedAt = now;
    this.#filledAt = now;
    this.#tokens = 0;
  }

  #measure(): void {
    const emptyAgainAt = this.#emptyAt as number;
    if (this.#emptyBefore === undefined) {
      this.#burst ??= this.#taken;
    } else if (this.#taken > 0 && emptyAgainAt > this.#emptyBefore) {
      const isRemembered = this.#takenAt.length === this.#taken;
      this.#refill = isRemembered
        ? refillOf({
            emptyAt: this.#emptyBefore,
            emptyAgainAt,
            taken: this.#takenAt,
            capacity: Math.max(1, this.#burst ?? 1),
          })
        : this.#taken / (emptyAgainAt - this.#emptyBefore);
      this.#measures += 1;
    }
  }

  #fill(now: number): void {
    const rate = this.rate(now);
    const most = this.#emptyAt === undefined ? (this.#burst ?? 1) : Math.max(1, rate * TIMER_MS);
    this.#tokens = Math.min(most, this.#tokens + (now - (this.#filledAt ?? now)) * rate);
    this.#filledAt = now;
  }
}
