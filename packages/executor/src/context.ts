/** What a task is given besides its item. A task that uses none of it runs well too. */
export interface TaskContext {
  /** Aborted when the task's time is up, when the whole is halted or aborted, or when its results are no longer read. */
  readonly signal: AbortSignal;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /**
   * The connection stands and its hand-shake is through. Ends the adaptive connect limit, starts `timeouts.runMs`, and
   * gives way to the next hand-shake where those are gated.
   */
  established(): void;
  /**
   * The server refused the request because of its rate (HTTP 429). Call it, then throw: the lane is paused and the
   * task is repeated.
   */
  throttled(info?: { retryAfterMs?: number | undefined }): void;
  /** The server says that it will take `n` more requests (a quota header): the lane spends just that, without a refusal. */
  remaining(n: number): void;
}

/** What {@link Executor.run} gives to a call: the part of {@link TaskContext} that a request needs. */
export type CallContext = Pick<TaskContext, 'signal' | 'attempt' | 'throttled' | 'remaining'>;
