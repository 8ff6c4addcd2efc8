import type { Clock } from '../../src/index.ts';

/** A clock that moves when it is told to. */
export class ManualClock implements Clock {
  #now: number;
  readonly #timers = new Set<{ at: number; callback: () => void }>();
  #waiting: { count: number; resolve: () => void } | undefined;

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, ms: number): unknown {
    const timer = { at: this.#now + ms, callback };
    this.#timers.add(timer);
    if (this.#waiting !== undefined && this.#timers.size >= this.#waiting.count) this.#waiting.resolve();
    return timer;
  }

  clearTimeout(handle: unknown): void {
    this.#timers.delete(handle as { at: number; callback: () => void });
  }

  get timers(): number {
    return this.#timers.size;
  }

  /** When the pending timers are due, in milliseconds from now. */
  get pending(): number[] {
    return [...this.#timers].map(({ at }) => at - this.#now);
  }

  /** Resolves once so many timers are pending. */
  async untilTimers(count: number): Promise<void> {
    if (this.#timers.size >= count) return;
    await new Promise<void>((resolve) => {
      this.#waiting = { count, resolve };
    });
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const timer of this.#timers) {
      if (timer.at > this.#now) continue;
      this.#timers.delete(timer);
      timer.callback();
    }
  }
}
