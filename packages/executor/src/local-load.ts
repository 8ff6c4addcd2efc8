import { performance } from 'node:perf_hooks';
import type { Clock } from './clock.ts';

const BUSY_FROM = 0.9;
const WINDOW_MS = 5;
const LOOK_EVERY_MS = 100;
const LAG_MS = 70;
const NO_LAG_MS = 20;

/** What happens to the width when the event loop is late, and when it no longer is. */
export interface Lowers {
  lower(): void;
  raise(): void;
}

/** Whether this process itself is what is slow: then more at once only makes it slower. */
export class LocalLoad {
  readonly #clock: Clock;
  readonly #utilization: () => number;
  readonly #width: Lowers;
  #timer: unknown;
  #dueAt = 0;

  constructor(clock: Clock, utilization: () => number, width: Lowers) {
    this.#clock = clock;
    this.#utilization = utilization;
    this.#width = width;
  }

  /** There is hardly time for the answers of what runs already. */
  get isBusy(): boolean {
    return this.#utilization() >= BUSY_FROM;
  }

  /** Looks, from now on, how late timers are. */
  watch(): void {
    if (this.#timer === undefined) this.#arm();
  }

  rest(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(): void {
    this.#dueAt = this.#clock.now() + LOOK_EVERY_MS;
    this.#timer = this.#clock.setTimeout(() => this.#look(), LOOK_EVERY_MS);
  }

  #look(): void {
    const lagMs = this.#clock.now() - this.#dueAt;
    this.#arm();
    if (lagMs > LAG_MS) this.#width.lower();
    else if (lagMs < NO_LAG_MS) this.#width.raise();
  }
}

/** The share of the last few milliseconds in which the event loop was not idle. */
export function eventLoopUtilization(): () => number {
  let at = performance.now();
  let since = performance.eventLoopUtilization();
  let utilization = 0;
  return () => {
    const now = performance.now();
    if (now - at < WINDOW_MS) return utilization;
    const current = performance.eventLoopUtilization();
    utilization = performance.eventLoopUtilization(current, since).utilization;
    since = current;
    at = now;
    return utilization;
  };
}
