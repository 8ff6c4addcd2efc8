import type { Clock } from './clock.ts';
import type { CallContext, TaskContext } from './context.ts';
import { Job, type JobOwner, type Outcome } from './job.ts';
import type { Lane } from './lane.ts';
import type { RunOptions } from './options.ts';
import { type RetryPolicy, retryPolicy } from './retry.ts';

interface CallHost {
  readonly clock: Clock;
  readonly random: () => number;
}

/** Passes one call through a lane. Throws at once where an option is wrong. */
export function runCall<T>(
  lane: Lane,
  host: CallHost,
  call: (context: CallContext) => T | PromiseLike<T>,
  { signal, retry }: RunOptions,
): Promise<T> {
  const owner = new Call<T>(host.clock, retryPolicy(retry, host.random), call, signal);
  return owner.through(lane);
}

class Call<T> implements JobOwner {
  readonly clock: Clock;
  readonly retry: RetryPolicy;
  readonly isEnding = false;
  readonly #call: (context: CallContext) => T | PromiseLike<T>;
  readonly #signal: AbortSignal | undefined;
  #job: Job | undefined;
  #resolve: (value: T) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(
    clock: Clock,
    retry: RetryPolicy,
    call: (context: CallContext) => T | PromiseLike<T>,
    signal: AbortSignal | undefined,
  ) {
    this.clock = clock;
    this.retry = retry;
    this.#call = call;
    this.#signal = signal;
  }

  through(lane: Lane): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      if (this.#signal?.aborted === true) {
        reject(this.#signal.reason);
        return;
      }
      this.#signal?.addEventListener('abort', this.#aborted, { once: true });
      this.#job = new Job(undefined, 0, lane, this);
      this.#job.enqueue();
    });
  }

  invoke(_job: Job, context: TaskContext): unknown {
    return this.#call(context);
  }

  finished(_job: Job, outcome: Outcome): void {
    this.#signal?.removeEventListener('abort', this.#aborted);
    if (outcome.status === 'ok') this.#resolve(outcome.value as T);
    else this.#reject(outcome.error);
  }

  broke(error: unknown): void {
    this.#reject(error);
  }

  started(): void {}

  established(): void {}

  ended(): void {}

  retrying(): void {}

  readonly #aborted = (): void => {
    const error: unknown = this.#signal?.reason;
    if (this.#job?.state === 'running') {
      this.#job.current?.abort({ kind: 'aborted', error });
    } else {
      this.#job?.drop();
      this.#reject(error);
    }
  };
}
