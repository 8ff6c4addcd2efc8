import type { Entry } from './entry.ts';

/** How a flight ended: with an answer of the origin, or with one that another process got meanwhile. */
export interface Landing {
  readonly entry: Entry<unknown>;
  readonly source: 'origin' | 'peer';
}

let starts = 0;

/** The number of loaders started so far in this process: tells which of two things came first, within a millisecond. */
export function startsSoFar(): number {
  return starts;
}

/**
 * One request to the origin, and those in this process who wait for it. It is aborted when the last of them has gone;
 * one that runs in the background waits for itself.
 */
export class Flight {
  readonly #controller = new AbortController();
  readonly #landing: Promise<Landing>;
  #waiting = 0;
  #start: { readonly order: number; readonly generation: number } | undefined;

  constructor(run: (flight: Flight) => Promise<Landing>) {
    // A tick later, so that callers of the same tick find the flight before its loader has started.
    this.#landing = Promise.resolve().then(() => run(this));
    this.#landing.catch(() => undefined);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Says that the loader starts now, under this generation. */
  started(generation: number): void {
    starts += 1;
    this.#start = { order: starts, generation };
  }

  get isAbandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Whether its answer is one for a caller who sees this generation. */
  serves(generation: number): boolean {
    return !this.isAbandoned && (this.#start === undefined || this.#start.generation === generation);
  }

  /** Whether its loader started after that many others. */
  startsAfter(order: number): boolean {
    return !this.isAbandoned && (this.#start === undefined || this.#start.order > order);
  }

  /** Waits for the end, however it comes. */
  async settled(signal?: AbortSignal): Promise<void> {
    await abortable(
      this.#landing.catch(() => undefined),
      signal,
    );
  }

  /** Waits for the answer; rejects with the loader's error, or with the signal's reason when that comes first. */
  async join(signal?: AbortSignal): Promise<Landing> {
    this.#waiting += 1;
    try {
      return await abortable(this.#landing, signal);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && signal?.aborted) this.#controller.abort(signal.reason);
    }
  }
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    const stopListening = (): void => signal.removeEventListener('abort', onAbort);
    promise.then(resolve, reject).then(stopListening, stopListening);
  });
}
