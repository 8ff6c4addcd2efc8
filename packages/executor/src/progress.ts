import type { Progress } from './events.ts';

/** Counts of a map, and from them the time left. */
export class ProgressCount {
  readonly #total: number | undefined;
  readonly #startedAt: number;
  #done = 0;
  #failed = 0;

  constructor(total: number | undefined, now: number) {
    this.#total = total;
    this.#startedAt = now;
  }

  count(failed: boolean): void {
    this.#done += 1;
    if (failed) this.#failed += 1;
  }

  at(now: number): Progress {
    const elapsedMs = now - this.#startedAt;
    const left = this.#total === undefined ? undefined : Math.max(0, this.#total - this.#done);
    const etaMs = left === undefined || this.#done === 0 ? undefined : (elapsedMs / this.#done) * left;
    return { done: this.#done, failed: this.#failed, total: this.#total, elapsedMs, etaMs };
  }
}
