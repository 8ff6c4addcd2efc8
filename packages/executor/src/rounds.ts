const AT_LEAST = 24;
const AT_MOST = 64;
const ANSWERED_SHARE = 0.75;

/**
 * Tasks that were started one after the other, to be judged together. By start and not by end: of many that start at
 * once the fast ones end first, which says nothing about a queue.
 */
export class Round {
  readonly startedAfter: number;
  readonly #latencies: number[] = [];
  #size = 0;
  #isClosed = false;
  #isJudged = false;

  constructor(startedAfter: number) {
    this.startedAfter = startedAfter;
  }

  get size(): number {
    return this.#size;
  }

  join(): void {
    this.#size += 1;
  }

  close(): void {
    this.#isClosed = true;
  }

  answered(latencyMs: number): void {
    this.#latencies.push(latencyMs);
  }

  /** It ended without an answer, which says nothing about latency. */
  left(): void {
    this.#size -= 1;
  }

  /** The median, once enough are answered for it to be known; once only. Those without an answer count as the slowest. */
  judge(): number | undefined {
    if (!this.#isClosed || this.#isJudged || this.#size === 0 || this.#latencies.length < ANSWERED_SHARE * this.#size)
      return undefined;
    this.#isJudged = true;
    return Float64Array.from(this.#latencies).toSorted()[this.#size >> 1];
  }
}

/** Puts tasks into rounds as they start. */
export class Rounds {
  #current = new Round(0);

  /** @param limit a round is about as large as the width, within bounds */
  join(started: number, limit: number): Round {
    if (this.#current.size >= Math.min(AT_MOST, Math.max(AT_LEAST, limit))) {
      this.#current.close();
      this.#current = new Round(started);
    }
    this.#current.join();
    return this.#current;
  }
}
