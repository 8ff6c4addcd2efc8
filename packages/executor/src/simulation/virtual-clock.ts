import type { Clock } from '../clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  callback: (() => void) | undefined;
}

/** Time that passes only when told to: from timer to timer, with every promise settled in between. */
export class VirtualClock implements Clock {
  readonly #heap: Timer[] = [];
  #now = 0;
  #order = 0;
  #live = 0;

  now(): number {
    return this.#now;
  }

  /** Timers that are set and not cleared. */
  get timers(): number {
    return this.#live;
  }

  setTimeout(callback: () => void, ms: number): Timer {
    const timer: Timer = { at: this.#now + Math.max(0, ms), order: (this.#order += 1), callback };
    this.#live += 1;
    this.#push(timer);
    return timer;
  }

  clearTimeout(handle: unknown): void {
    const timer = handle as Timer | undefined;
    if (timer?.callback === undefined) return;
    timer.callback = undefined;
    this.#live -= 1;
  }

  /** Time passes without a timer firing, as when the event loop is blocked. */
  block(ms: number): void {
    this.#now += ms;
  }

  /** Runs timers until the promise settles; promises settle before time moves on. */
  async runUntil<T>(promise: Promise<T>): Promise<T> {
    const watched = { isSettled: false };
    void Promise.allSettled([promise]).then(() => (watched.isSettled = true));
    await settle();
    while (!watched.isSettled) {
      if (!this.#step()) throw new Error('Nothing is left that could settle the promise: it would wait forever.');
      await settle();
    }
    return promise;
  }

  /** Lets `ms` pass, with the timers that are due in it. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    while (this.#next() !== undefined && (this.#next() as Timer).at <= until) {
      this.#step();
      await settle();
    }
    this.#now = Math.max(this.#now, until);
  }

  /** For what uses no promises: runs every timer up to that moment. */
  runAll(untilMs: number): void {
    for (let next = this.#next(); next !== undefined && next.at <= untilMs; next = this.#next()) this.#step();
  }

  /** Fires all timers of the next moment. */
  #step(): boolean {
    const first = this.#next();
    if (first === undefined) return false;
    this.#now = Math.max(this.#now, first.at);
    for (let timer = this.#next(); timer !== undefined && timer.at === first.at; timer = this.#next()) {
      this.#pop();
      const { callback } = timer;
      timer.callback = undefined;
      this.#live -= 1;
      callback?.();
    }
    return true;
  }

  /** The earliest timer that was not cleared. */
  #next(): Timer | undefined {
    while (this.#heap[0] !== undefined && this.#heap[0].callback === undefined) this.#pop();
    return this.#heap[0];
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let place = heap.push(timer) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(timer, heap[parent] as Timer)) break;
      heap[place] = heap[parent] as Timer;
      place = parent;
    }
    heap[place] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Timer;
    if (heap.length === 0) return;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Timer, heap[child] as Timer)) child += 1;
      if (!isBefore(heap[child] as Timer, last)) break;
      heap[place] = heap[child] as Timer;
      place = child;
    }
    heap[place] = last;
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** A turn of the real event loop: every promise that can settle has settled. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
