import type { Clock } from '../clock.ts';
import { Fifo } from '../fifo.ts';

interface Waiting {
  readonly workMs: () => number;
  readonly done: () => void;
}

/** Servers with one queue, first come, first served. */
export class Servers {
  readonly #clock: Clock;
  readonly #queue = new Fifo<Waiting>();
  #busy = 0;
  #capacity: number;

  constructor(clock: Clock, capacity: number) {
    this.#clock = clock;
    this.#capacity = capacity;
  }

  get queued(): number {
    return this.#queue.size;
  }

  get busy(): number {
    return this.#busy;
  }

  get capacity(): number {
    return this.#capacity;
  }

  set capacity(capacity: number) {
    this.#capacity = capacity;
    this.#serve();
  }

  /** @param workMs asked when the work begins */
  enter(workMs: () => number, done: () => void): void {
    this.#queue.push({ workMs, done });
    this.#serve();
  }

  #serve(): void {
    while (this.#busy < this.#capacity && this.#queue.size > 0) {
      const next = this.#queue.shift() as Waiting;
      this.#busy += 1;
      this.#clock.setTimeout(() => {
        this.#busy -= 1;
        next.done();
        this.#serve();
      }, next.workMs());
    }
  }
}
