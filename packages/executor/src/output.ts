import { Fifo } from './fifo.ts';

interface Ordered {
  readonly index: number;
}

interface Reader<R> {
  readonly resolve: (step: IteratorResult<R, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

interface End<R> {
  readonly rest: Iterator<R>;
  readonly failed: boolean;
  readonly error?: unknown;
}

/** Results on their way to the reader, as they are ready or in the order of the input. */
export class Output<R extends Ordered> {
  readonly #ready = new Fifo<R>();
  readonly #early = new Map<number, R>();
  readonly #inOrder: boolean;
  readonly #readers = new Fifo<Reader<R>>();
  #nextIndex = 0;
  #end: End<R> | undefined;

  constructor(order: 'completion' | 'input') {
    this.#inOrder = order === 'input';
  }

  /** Results that wait to be read, or for one before them. */
  get size(): number {
    return this.#ready.size + this.#early.size;
  }

  get isEnded(): boolean {
    return this.#end !== undefined;
  }

  push(result: R): void {
    if (!this.#inOrder) {
      this.#deliver(result);
      return;
    }
    this.#early.set(result.index, result);
    for (let next = this.#early.get(this.#nextIndex); next !== undefined; next = this.#early.get(this.#nextIndex)) {
      this.#early.delete(this.#nextIndex);
      this.#nextIndex += 1;
      this.#deliver(next);
    }
  }

  /** After what is waiting come the results of `rest`, made as they are read, then the end. */
  end(rest: Iterator<R>): void {
    this.#finish({ rest, failed: false });
  }

  /** After what is waiting, one read fails with `error`. */
  fail(error: unknown): void {
    this.#finish({ error, rest: [].values(), failed: true });
  }

  next(): Promise<IteratorResult<R, undefined>> {
    if (this.#ready.size > 0) return Promise.resolve({ done: false, value: this.#ready.shift() as R });
    if (this.#end !== undefined) return this.#last();
    return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }));
  }

  #deliver(result: R): void {
    const reader = this.#readers.shift();
    if (reader === undefined) this.#ready.push(result);
    else reader.resolve({ done: false, value: result });
  }

  #finish(end: End<R>): void {
    this.#end = end;
    for (let reader = this.#readers.shift(); reader !== undefined; reader = this.#readers.shift()) {
      this.#last().then(reader.resolve, reader.reject);
    }
  }

  async #last(): Promise<IteratorResult<R, undefined>> {
    const end = this.#end as End<R>;
    if (end.failed) {
      this.#end = { rest: end.rest, failed: false };
      throw end.error;
    }
    const step = end.rest.next();
    return step.done === true ? { done: true, value: undefined } : { done: false, value: step.value };
  }
}
