import { Fifo } from './fifo.ts';

const LOWER_BY = 0.8;
const RAISE_BY = 1.25;

/** Who waits for a slot. */
export interface Waiting {
  /** Room has appeared: take it, if it is still wanted. */
  pump(): void;
}

/** The slots that all lanes of an executor share. */
export class Slots {
  readonly most: number;
  readonly #waiting = new Fifo<Waiting>();
  readonly #isWaiting = new Set<Waiting>();
  #size: number;
  #used = 0;

  constructor(most: number) {
    this.most = most;
    this.#size = most;
  }

  get size(): number {
    return Math.floor(this.#size);
  }

  get used(): number {
    return this.#used;
  }

  /** Takes a slot, or remembers who is waiting for one. */
  take(lane: Waiting): boolean {
    if (this.#used < this.size) {
      this.#used += 1;
      return true;
    }
    if (!this.#isWaiting.has(lane)) {
      this.#isWaiting.add(lane);
      this.#waiting.push(lane);
    }
    return false;
  }

  /** For a task that gave its slot away and goes on all the same. */
  retake(): void {
    this.#used += 1;
  }

  free(): void {
    this.#used -= 1;
  }

  /** Lets the lanes that wait for a slot try again, in turn. */
  wake(): void {
    while (this.#used < this.size) {
      const lane = this.#waiting.shift();
      if (lane === undefined) return;
      this.#isWaiting.delete(lane);
      lane.pump();
    }
  }

  /** Fewer than are in use: this process does not keep up. */
  lower(): void {
    this.#size = Math.max(1, LOWER_BY * Math.min(this.#size, this.#used));
  }

  raise(): void {
    if (this.#size === this.most) return;
    this.#size = Math.min(this.most, RAISE_BY * this.#size + 1);
    this.wake();
  }
}
