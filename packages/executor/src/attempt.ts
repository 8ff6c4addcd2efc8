import type { TaskContext } from './context.ts';
import type { Job } from './job.ts';
import type { Round } from './rounds.ts';

/** Why an attempt was aborted: its own time was up, or the whole ends. */
export interface AbortCause {
  readonly kind: 'timeout' | 'aborted';
  readonly error: unknown;
}

/** One start of a task: what the task sees of it (its context), and what its lane has to know. */
export class Attempt implements TaskContext {
  readonly attempt: number;
  readonly job: Job;
  /** The number of this request in its lane. */
  readonly sequence: number;
  readonly round: Round;
  readonly startedAt: number;
  establishedAt: number | undefined;
  /** It went through the lane's gate on hand-shakes. */
  isGated = false;
  isThrottled = false;
  /** The slot was given to another task, although this one is still waiting for its connection. */
  isDetached = false;
  isOver = false;
  cause: AbortCause | undefined;
  #controller: AbortController | undefined;

  constructor(job: Job, sequence: number, round: Round, startedAt: number) {
    this.job = job;
    this.attempt = job.attempts + 1;
    this.sequence = sequence;
    this.round = round;
    this.startedAt = startedAt;
  }

  // Most tasks never look at their signal, and a controller costs more than the rest of the attempt.
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.cause !== undefined) this.#controller.abort(this.cause.error);
    }
    return this.#controller.signal;
  }

  established(): void {
    if (this.isOver || this.establishedAt !== undefined) return;
    const now = this.job.owner.clock.now();
    this.job.lane.established(this, now);
    this.job.owner.established(this, now);
  }

  throttled(info: { retryAfterMs?: number | undefined } = {}): void {
    if (this.isOver || this.isThrottled) return;
    this.isThrottled = true;
    const { retryAfterMs } = info;
    this.job.lane.throttled(this, isFiniteAndNotNegative(retryAfterMs) ? retryAfterMs : undefined);
  }

  remaining(n: number): void {
    if (!this.isOver && isFiniteAndNotNegative(n)) this.job.lane.remaining(this, n);
  }

  abort(cause: AbortCause): void {
    if (this.isOver || this.cause !== undefined) return;
    this.cause = cause;
    this.#controller?.abort(cause.error);
  }
}

// What a server says may be anything.
function isFiniteAndNotNegative(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0;
}
