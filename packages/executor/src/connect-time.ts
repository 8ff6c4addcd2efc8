const REMEMBERED = 512;
const ENOUGH = 20;
const SORT_EVERY = 16;
const COLD_SOFT_MS = 5000;
const COLD_HARD_MS = 30_000;
const SOFT_AT_LEAST_MS = 1000;
const HARD_AT_LEAST_MS = 4000;
const SOFT_FACTOR = 2;
const HARD_FACTOR = 6;

/**
 * How long a lane's connects take, and from that, how long one is worth waiting for. Limits of mean and deviation, as TCP
 * has them for retransmission, give up as many as a quarter of the living; six times the 99th percentile, at least 4 s
 * (one lost SYN is repeated after 1 s, a second after 3 s), nearly none.
 */
export class ConnectTime {
  readonly #recent: number[] = [];
  #next = 0;
  #unsorted = 0;
  #p99Ms: number | undefined;

  constructor(p99Ms?: number) {
    this.#p99Ms = p99Ms;
  }

  get p99Ms(): number | undefined {
    return this.#p99Ms;
  }

  /** After this long another task gets the slot; the connect may still succeed. */
  get softMs(): number {
    return this.#p99Ms === undefined ? COLD_SOFT_MS : Math.max(SOFT_AT_LEAST_MS, SOFT_FACTOR * this.#p99Ms);
  }

  /** After this long the connect is given up. */
  get hardMs(): number {
    return this.#p99Ms === undefined ? COLD_HARD_MS : Math.max(HARD_AT_LEAST_MS, HARD_FACTOR * this.#p99Ms);
  }

  connected(ms: number): void {
    this.#recent[this.#next] = ms;
    this.#next = (this.#next + 1) % REMEMBERED;
    this.#unsorted += 1;
    if (this.#recent.length < ENOUGH || this.#unsorted < SORT_EVERY) return;
    this.#unsorted = 0;
    const sorted = Float64Array.from(this.#recent).toSorted();
    this.#p99Ms = sorted[Math.floor(sorted.length * 0.99)];
  }
}
