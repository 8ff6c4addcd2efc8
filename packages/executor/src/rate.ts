import { Pace, type PaceState } from './pace.ts';
import { Quota } from './quota.ts';

const FIRST_PAUSE_MS = 1000;
const LEAST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 60_000;
const JITTER = 0.1;
const UNREAD_AT_MOST = 64;

export interface RateState extends PaceState {
  /** The server names its quota: none is spent before it is read. */
  readonly quota?: boolean | undefined;
}

/** When the next request of a lane may be sent: what 429s, Retry-After and quota headers say. */
export class RateControl {
  readonly #random: () => number;
  readonly #quota = new Quota();
  readonly #pace: Pace;
  #expectsQuota: boolean;
  #sent = 0;
  #sentAt = 0;
  #pausedUntil = 0;
  /** Requests up to this one were sent before the pause: their refusals are part of its reason. */
  #epochEnds = 0;
  #pauses = 0;
  /** After a pause one request goes alone, to see whether the server takes it. */
  #isProbing = false;

  constructor(random: () => number, state: RateState = {}) {
    this.#random = random;
    this.#pace = new Pace(state);
    this.#expectsQuota = state.quota === true;
  }

  state(now: number): RateState {
    return { ...this.#pace.state(now), ...(this.#expectsQuota || this.#quota.isKnown ? { quota: true } : {}) };
  }

  /** Infinity where no limit was met. */
  perSecond(now: number): number {
    return 1000 * (this.#quota.isKnown ? this.#quota.refill || Infinity : this.#pace.rate(now));
  }

  /** Counts a request as sent and numbers it. */
  send(now: number): number {
    this.#sent += 1;
    this.#sentAt = now;
    this.#pace.sent();
    return this.#sent;
  }

  /** 0 where the next request may be sent at once. Only time or an answer makes it less. */
  delayMs(now: number): number {
    const pause = this.#pausedUntil - now;
    if (pause > 0) return pause;
    const hasProbe = this.#isProbing && this.#sent > this.#epochEnds;
    const isUnread = this.#expectsQuota && !this.#quota.isKnown && this.#sent >= UNREAD_AT_MOST;
    // The answer that all wait for may be lost: one more goes from time to time.
    if (hasProbe || isUnread) return Math.max(0, this.#sentAt + FIRST_PAUSE_MS - now);
    return this.#quota.isKnown ? this.#quota.delayMs(this.#sent, this.#sentAt, now) : this.#pace.delayMs(now);
  }

  /** It was answered, or failed, but was not throttled. */
  accepted(sequence: number, sentAt: number, now: number): void {
    if (!this.#quota.isKnown) this.#expectsQuota = false;
    const isAfterPause = sequence > this.#epochEnds;
    if (this.#isProbing && isAfterPause) this.#pace.resumed(now);
    this.#pace.accepted(sentAt);
    if (!isAfterPause) return;
    this.#isProbing = false;
    this.#pauses = 0;
  }

  /** @returns how long the lane is paused, or undefined if this refusal is part of the reason of a pause made before */
  throttled(sequence: number, retryAfterMs: number | undefined, now: number): number | undefined {
    if (sequence <= this.#epochEnds) {
      if (retryAfterMs !== undefined) this.#pauseUntil(now + retryAfterMs);
      return undefined;
    }
    if (!this.#isProbing) this.#pace.empty(now);
    const leastMs = retryAfterMs === undefined ? FIRST_PAUSE_MS : LEAST_PAUSE_MS;
    const backoffMs = Math.min(LONGEST_PAUSE_MS, leastMs * 2 ** this.#pauses);
    // Other processes were told the same: not all come back at once.
    const pauseMs = Math.max(retryAfterMs ?? 0, backoffMs) * (1 + JITTER * this.#random());
    this.#epochEnds = this.#sent;
    this.#isProbing = true;
    this.#pauses += 1;
    this.#pauseUntil(now + pauseMs);
    return pauseMs;
  }

  remaining(sequence: number, n: number, sentAt: number, now: number): void {
    this.#quota.read(sequence, n, sentAt, now);
  }

  #pauseUntil(at: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, at);
  }
}
