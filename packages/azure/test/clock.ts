import type { Clock } from '../src/index.ts';

/** A clock that the test moves. It starts at the real time, since the simulator's certificates and tokens go by that. */
export class TestClock implements Clock {
  #now = Date.now();
  #timers = new Map<object, { at: number; callback: () => void }>();
  /** Waits shorter than this are over at once, the clock moved accordingly: retries need no waiting for. */
  skipWaitsBelowMs = 0;
  /** Every wait that was skipped, in milliseconds. */
  readonly skipped: number[] = [];

  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, ms: number): unknown {
    if (ms < this.skipWaitsBelowMs) {
      this.skipped.push(ms);
      this.#now += ms;
      return setImmediate(callback);
    }
    const handle = {};
    this.#timers.set(handle, { at: this.#now + ms, callback });
    return handle;
  }

  clearTimeout(handle: unknown): void {
    if (!this.#timers.delete(handle as object)) clearImmediate(handle as NodeJS.Immediate);
  }

  get pending(): number {
    return this.#timers.size;
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const [handle, timer] of this.#timers) {
      if (timer.at > this.#now) continue;
      this.#timers.delete(handle);
      timer.callback();
    }
  }
}
