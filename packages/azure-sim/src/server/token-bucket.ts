import type { Clock } from '../clock.ts';

export interface BucketSize {
  readonly capacity: number;
  readonly refillPerSecond: number;
}

/** A token bucket: `capacity` at first, refilled steadily, never above `capacity`. */
export class TokenBucket {
  readonly #size: BucketSize;
  readonly #clock: Clock;
  #tokens: number;
  #countedAt: number;

  constructor(size: BucketSize, clock: Clock) {
    this.#size = size;
    this.#clock = clock;
    this.#tokens = size.capacity;
    this.#countedAt = clock.now();
  }

  /** Takes one token if there is one. */
  take(): boolean {
    this.#refill();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Whole tokens left. */
  remaining(): number {
    this.#refill();
    return Math.floor(this.#tokens);
  }

  /** Whole seconds, at least 1, until there is a token again. */
  retryAfterSeconds(): number {
    this.#refill();
    return Math.max(1, Math.ceil((1 - this.#tokens) / this.#size.refillPerSecond));
  }

  #refill(): void {
    const now = this.#clock.now();
    const gained = (Math.max(0, now - this.#countedAt) / 1_000) * this.#size.refillPerSecond;
    this.#tokens = Math.min(this.#size.capacity, this.#tokens + gained);
    this.#countedAt = now;
  }
}
