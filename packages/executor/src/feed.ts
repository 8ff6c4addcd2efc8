import type { Source } from './source.ts';

/** Who takes the items of a feed. */
export interface Taker<I> {
  /** Whether another item is wanted now. */
  wantsMore(): boolean;
  take(item: I, index: number): void;
  inputFailed(error: unknown): void;
  /** An item came, or the end, that had to be waited for. */
  resumed(): void;
}

/** Pulls items, at once or as they come, one at a time, and numbers them. */
export class Feed<I> {
  readonly #source: Source<I>;
  readonly #taker: Taker<I>;
  #isPulling = false;
  #pulled = 0;

  constructor(source: Source<I>, taker: Taker<I>) {
    this.#source = source;
    this.#taker = taker;
  }

  /** There is no more, and nothing on its way. */
  get isThrough(): boolean {
    return this.#source.isExhausted && !this.#isPulling;
  }

  pull(): void {
    while (!this.#isPulling && !this.#source.isExhausted && this.#taker.wantsMore()) {
      try {
        const step = this.#source.pull();
        if (step instanceof Promise) void this.#await(step);
        else if (step.done !== true) this.#take(step.value);
      } catch (error) {
        this.#taker.inputFailed(error);
      }
    }
  }

  /** What is in memory and was never pulled. */
  *rest(): Generator<[item: I, index: number]> {
    for (let step = this.#source.pull(); !(step instanceof Promise) && step.done !== true; step = this.#source.pull()) {
      yield [step.value, this.#pulled++];
    }
  }

  async #await(pending: Promise<IteratorResult<I, unknown>>): Promise<void> {
    this.#isPulling = true;
    try {
      const step = await pending;
      this.#isPulling = false;
      if (step.done !== true) this.#take(step.value);
    } catch (error) {
      this.#isPulling = false;
      this.#taker.inputFailed(error);
    }
    this.#taker.resumed();
  }

  #take(item: I): void {
    this.#taker.take(item, this.#pulled++);
  }
}
