import { invalidOption } from './errors.ts';

export type Input<I> = Iterable<I> | AsyncIterable<I>;

type Step<I> = IteratorResult<I, unknown>;

/** The input, pulled item by item and closed once. */
export class Source<I> {
  /** Number of items, where it is known without pulling any. */
  readonly total: number | undefined;
  /** The items are in memory: to name those that were never started costs nothing and has no effect. */
  readonly isInMemory: boolean;
  readonly #input: Input<I>;
  #iterator: Iterator<I> | AsyncIterator<I> | undefined;
  #pending = false;
  #isExhausted = false;

  constructor(input: Input<I>, total?: number) {
    if (!isIterable(input)) throw invalidOption('input', 'an iterable or an async iterable', input);
    this.#input = input;
    this.isInMemory = Array.isArray(input) || input instanceof Set || input instanceof Map;
    this.total = total ?? sizeOf(input);
  }

  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  /** May throw what the input throws. */
  pull(): Step<I> | Promise<Step<I>> {
    this.#iterator ??= open(this.#input);
    const step = this.#guard(() => (this.#iterator as AsyncIterator<I>).next() as Step<I> | Promise<Step<I>>);
    if (!(step instanceof Promise)) return this.#seen(step);
    this.#pending = true;
    return step.then(
      (settled) => {
        this.#pending = false;
        return this.#seen(settled);
      },
      (error: unknown) => {
        this.#pending = false;
        this.#isExhausted = true;
        throw error;
      },
    );
  }

  /** Tells the iterator that no more is wanted. Does not wait for an item that is still being made. */
  async close(): Promise<void> {
    if (this.#isExhausted) return;
    this.#isExhausted = true;
    const closed = this.#iterator?.return?.();
    if (this.#pending) Promise.resolve(closed).catch(() => undefined);
    else await closed;
  }

  #seen(step: Step<I>): Step<I> {
    if (step.done === true) this.#isExhausted = true;
    return step;
  }

  #guard<R>(call: () => R): R {
    try {
      return call();
    } catch (error) {
      this.#isExhausted = true;
      throw error;
    }
  }
}

function open<I>(input: Input<I>): Iterator<I> | AsyncIterator<I> {
  return isAsync(input) ? input[Symbol.asyncIterator]() : input[Symbol.iterator]();
}

// `in` does not work on a string, which is an iterable too.
function isAsync<I>(input: Input<I>): input is AsyncIterable<I> {
  return typeof (input as Partial<AsyncIterable<I>>)[Symbol.asyncIterator] === 'function';
}

function isIterable(input: Input<unknown> | null | undefined): boolean {
  if (input === null || input === undefined) return false;
  return isAsync(input) || typeof (input as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';
}

function sizeOf(input: Input<unknown>): number | undefined {
  if (Array.isArray(input)) return input.length;
  if (input instanceof Set || input instanceof Map) return input.size;
  return undefined;
}
