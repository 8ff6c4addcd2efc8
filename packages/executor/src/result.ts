interface Common<I> {
  readonly item: I;
  /** Place in the input, from 0. */
  readonly index: number;
  readonly lane: string;
  /** How often the task was started. */
  readonly attempts: number;
  /** From the first start to the end, waits between attempts included. */
  readonly elapsedMs: number;
}

/**
 * What became of one item.
 *
 * - `ok`: the task returned `value`.
 * - `failed`: the task threw `error`, and was not to be repeated (or not any more).
 * - `timeout`: it did not connect, or run, in time; `error` says which.
 * - `aborted`: it was running when the whole was halted, aborted or out of time.
 * - `skipped`: it was never started.
 */
export type Result<I, T> =
  | (Common<I> & { readonly status: 'ok'; readonly value: T; readonly error?: undefined })
  | (Common<I> & {
      readonly status: 'failed' | 'timeout' | 'aborted' | 'skipped';
      readonly error: unknown;
      readonly value?: undefined;
    });

export type Status = Result<unknown, unknown>['status'];
