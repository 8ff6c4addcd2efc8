import type { Attempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import type { TaskContext } from './context.ts';
import type { Lane } from './lane.ts';
import { type RetryPolicy, retryDelayMs } from './retry.ts';

export type Outcome =
  | { readonly status: 'ok'; readonly value: unknown }
  | { readonly status: 'failed' | 'timeout' | 'aborted' | 'skipped'; readonly error: unknown };

/** Who wants a job done, and is told how it goes. */
export interface JobOwner {
  readonly clock: Clock;
  readonly retry: RetryPolicy;
  /** It wants no more attempts: what fails now stays failed. */
  readonly isEnding: boolean;
  /** The task itself. */
  invoke(job: Job, context: TaskContext): unknown;
  started(attempt: Attempt): void;
  established(attempt: Attempt, now: number): void;
  /** One attempt is over; the job may go on. */
  ended(attempt: Attempt): void;
  retrying(job: Job, error: unknown, delayMs: number): void;
  finished(job: Job, outcome: Outcome, now: number): void;
  /** Something of the caller's, that decides about jobs, threw. */
  broke(error: unknown): void;
}

/** One item on its way through a lane: its attempts, and the waits between them. */
export class Job {
  readonly item: unknown;
  readonly index: number;
  readonly lane: Lane;
  readonly owner: JobOwner;
  state: 'new' | 'queued' | 'running' | 'waiting' | 'done' = 'new';
  attempts = 0;
  firstStartedAt = 0;
  lastError: unknown;
  current: Attempt | undefined;
  #throttledAttempts = 0;
  #timer: unknown;

  constructor(item: unknown, index: number, lane: Lane, owner: JobOwner) {
    this.item = item;
    this.index = index;
    this.lane = lane;
    this.owner = owner;
  }

  enqueue(): void {
    this.state = 'queued';
    this.lane.enqueue(this);
  }

  /** Called by the lane, which has taken a slot for it. */
  begin(attempt: Attempt): void {
    if (this.attempts === 0) this.firstStartedAt = attempt.startedAt;
    this.attempts += 1;
    this.state = 'running';
    this.current = attempt;
    this.owner.started(attempt);
    Promise.resolve(this.#invoke(attempt)).then(
      (value) => this.#resolved(attempt, value),
      (error: unknown) => this.rejected(attempt, error),
    );
  }

  /** The task threw, or was given up after it ignored its signal for too long. */
  rejected(attempt: Attempt, thrown: unknown): void {
    if (attempt.isOver) return;
    const now = this.owner.clock.now();
    const error = attempt.cause?.error ?? thrown;
    this.lastError = error;
    if (attempt.isThrottled) this.#throttledAttempts += 1;
    const worthRepeating = this.#isWorthRepeating(attempt, error);
    const isRefusal = worthRepeating && !attempt.isThrottled && attempt.cause === undefined;
    this.lane.failed(attempt, isRefusal, now);
    this.#over(attempt);
    if (worthRepeating && this.#mayRepeat(attempt)) this.#again(attempt, error);
    else this.#finish({ status: attempt.cause?.kind ?? 'failed', error }, now);
    this.lane.advance();
  }

  /** Ends a job that is not running: it leaves its lane's queue, or its wait. */
  drop(): void {
    if (this.state === 'queued') this.lane.forget();
    if (this.#timer !== undefined) this.owner.clock.clearTimeout(this.#timer);
    this.state = 'done';
  }

  #resolved(attempt: Attempt, value: unknown): void {
    if (attempt.isOver) return;
    const now = this.owner.clock.now();
    this.lane.answered(attempt, now);
    this.#over(attempt);
    this.#finish({ status: 'ok', value }, now);
    this.lane.advance();
  }

  #invoke(attempt: Attempt): unknown {
    try {
      return this.owner.invoke(this, attempt);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #isWorthRepeating(attempt: Attempt, error: unknown): boolean {
    if (attempt.cause?.kind === 'aborted') return false;
    if (attempt.isThrottled) return true;
    if (this.owner.retry.retries === 0) return false;
    try {
      return this.owner.retry.when(error, this.attempts);
    } catch (thrown) {
      this.owner.broke(thrown);
      return false;
    }
  }

  #mayRepeat(attempt: Attempt): boolean {
    if (this.owner.isEnding) return false;
    const { retries, throttledRetries } = this.owner.retry;
    if (attempt.isThrottled) return this.#throttledAttempts <= throttledRetries;
    return this.attempts - this.#throttledAttempts <= retries;
  }

  #again(attempt: Attempt, error: unknown): void {
    // After a throttled attempt the lane itself is paused: the job only has to be the first in its queue.
    const delayMs = attempt.isThrottled ? 0 : retryDelayMs(this.owner.retry, this.attempts - this.#throttledAttempts);
    this.state = 'waiting';
    this.owner.retrying(this, error, delayMs);
    if (delayMs === 0) {
      this.enqueue();
      return;
    }
    this.#timer = this.owner.clock.setTimeout(() => {
      this.#timer = undefined;
      this.enqueue();
    }, delayMs);
  }

  #over(attempt: Attempt): void {
    attempt.isOver = true;
    this.current = undefined;
    this.owner.ended(attempt);
  }

  #finish(outcome: Outcome, now: number): void {
    this.state = 'done';
    this.owner.finished(this, outcome, now);
  }
}
