import type { Clock } from '../../src/clock.ts';

/** A clock that stands still until it is moved. */
export class VirtualClock implements Clock {
  #now: number;
  #timers = new Map<object, { at: number; callback: () => void }>();

  constructor(now = Date.now()) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, ms: number): object {
    const handle = {};
    this.#timers.set(handle, { at: this.#now + ms, callback });
    return handle;
  }

  clearTimeout(handle: unknown): void {
    this.#timers.delete(handle as object);
  }

  get pending(): number {
    return this.#timers.size;
  }

  /** Moves the time, running what falls due in its order. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      // Whatever waits for a promise gets as far as its next timer.
      await settle();
      const due = [...this.#timers].filter(([, timer]) => timer.at <= end).toSorted(([, a], [, b]) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
      due[1].callback();
    }
    this.#now = end;
  }
}

/** Lets promises that are under way come to their end. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
