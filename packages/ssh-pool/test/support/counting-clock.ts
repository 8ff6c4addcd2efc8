import type { Clock } from '../../src/index.ts';

/** Real time, with a count of the timers that are set. */
export class CountingClock implements Clock {
  readonly #timers = new Set<NodeJS.Timeout>();

  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return performance.now();
  }

  setTimeout(callback: () => void, ms: number): unknown {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        callback();
      },
      Math.min(ms, 2 ** 31 - 1),
    );
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(handle: unknown): void {
    clearTimeout(handle as NodeJS.Timeout);
    this.#timers.delete(handle as NodeJS.Timeout);
  }
}
