/** Time, injected: every wait of the pool goes through it, so that a test can move the time instead of sleeping. */
export interface Clock {
  /** Milliseconds; must never step back. */
  now(): number;
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

// Node turns a longer delay into 1 ms.
const longestTimerMs = 2 ** 31 - 1;

/** The process's monotonic clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimeout: (callback, ms) => setTimeout(callback, Math.min(ms, longestTimerMs)),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

/** One timer that can be set again. It never keeps the process running: sockets do that, as long as work is under way. */
export class Timer {
  readonly #clock: Clock;
  #handle: unknown;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls back after `ms`, instead of whatever was set before. `Infinity` sets nothing. */
  set(ms: number, callback: () => void): void {
    this.clear();
    if (ms === Infinity) return;
    const handle = this.#clock.setTimeout(() => {
      this.#handle = undefined;
      callback();
    }, ms);
    (handle as { unref?: () => void } | undefined)?.unref?.();
    this.#handle = handle;
  }

  clear(): void {
    if (this.#handle === undefined) return;
    this.#clock.clearTimeout(this.#handle);
    this.#handle = undefined;
  }
}
