/** One reading of the server's quota header. */
interface Reading {
  readonly sequence: number;
  readonly remaining: number;
  readonly sentAt: number;
}

const REFILL_WINDOW_MS = 5000;
const READING_EVERY_MS = 200;
const TRUST_IN_REFILL = 0.95;
const SPARE = 1;
const LOOK_AGAIN_MS = 1000;

/**
 * What the server says that it will still take. Answers overtake each other, so each request is numbered: what remained
 * after request k is spent by the requests sent since.
 */
export class Quota {
  readonly #readings: Reading[] = [];
  #newest: Reading | undefined;
  #newestAt = 0;
  /** The most that was ever left: what is refilled beyond that may be lost. */
  #most = 0;

  get isKnown(): boolean {
    return this.#newest !== undefined;
  }

  read(sequence: number, remaining: number, sentAt: number, now: number): void {
    if (this.#newest !== undefined && sequence <= this.#newest.sequence) return;
    const reading = { sequence, remaining, sentAt };
    this.#newest = reading;
    this.#newestAt = now;
    this.#most = Math.max(this.#most, remaining);
    const last = this.#readings.at(-1);
    if (last === undefined || sentAt - last.sentAt >= READING_EVERY_MS) this.#readings.push(reading);
    while (this.#readings.length > 2 && sentAt - (this.#readings[1] as Reading).sentAt > REFILL_WINDOW_MS)
      this.#readings.shift();
  }

  /** Requests a millisecond that the server's quota grows by, as far as the readings show it. */
  get refill(): number {
    const [first] = this.#readings;
    const last = this.#newest;
    if (first === undefined || last === undefined || last.sentAt - first.sentAt < READING_EVERY_MS) return 0;
    const grown = last.remaining - first.remaining + (last.sequence - first.sequence);
    return Math.max(0, grown / (last.sentAt - first.sentAt));
  }

  /** @param sent the number of the last request, which left at `sentAt` */
  delayMs(sent: number, sentAt: number, now: number): number {
    const newest = this.#newest;
    if (newest === undefined) return 0;
    const refill = TRUST_IN_REFILL * this.refill;
    const refilled = Math.min(this.#most, newest.remaining + refill * (now - newest.sentAt));
    const left = refilled - (sent - newest.sequence) - SPARE;
    if (left >= 1) return 0;
    // Where nothing is known of the refill, one request from time to time asks again.
    const lookAgainMs = Math.max(this.#newestAt, sentAt) + LOOK_AGAIN_MS - now;
    return Math.max(0, refill > 0 ? Math.min(lookAgainMs, (1 - left) / refill) : lookAgainMs);
  }
}
