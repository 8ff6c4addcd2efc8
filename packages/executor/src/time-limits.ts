import type { AbortCause, Attempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import { connectTimeout, invalidOption, runTimeout } from './errors.ts';
import type { Lane } from './lane.ts';
import type { TimeoutOptions } from './options.ts';
import { positive } from './validate.ts';
import { Watch } from './watch.ts';

/** How long a task that ignores its signal is waited for. */
const GRACE_MS = 5000;

interface ConnectWatches {
  readonly soft: Watch<Attempt> | undefined;
  readonly hard: Watch<Attempt>;
}

/** The time limits of the attempts of one map. */
export class TimeLimits {
  readonly #clock: Clock;
  readonly #connectMs: 'adaptive' | number | undefined;
  readonly #connecting = new Map<Lane, ConnectWatches>();
  readonly #running: Watch<Attempt> | undefined;
  readonly #dying: Watch<Attempt>;

  constructor(clock: Clock, options: TimeoutOptions = {}) {
    const { connectMs, runMs } = options;
    if (typeof connectMs === 'number') positive('timeouts.connectMs', connectMs);
    else if (connectMs !== undefined && connectMs !== 'adaptive') {
      throw invalidOption('timeouts.connectMs', "a number above 0 or 'adaptive'", connectMs);
    }
    if (runMs !== undefined) positive('timeouts.runMs', runMs);
    this.#clock = clock;
    this.#connectMs = connectMs;
    this.#dying = new Watch(
      clock,
      () => GRACE_MS,
      (attempt) => attempt.job.rejected(attempt, attempt.cause?.error),
    );
    if (runMs !== undefined) {
      this.#running = new Watch(
        clock,
        () => runMs,
        (attempt) => this.#timeOut(attempt, runTimeout(runMs)),
      );
    }
  }

  started(attempt: Attempt): void {
    if (this.#connectMs === undefined) {
      this.#running?.add(attempt, attempt.startedAt);
      return;
    }
    const { soft, hard } = this.#watches(attempt.job.lane);
    soft?.add(attempt, attempt.startedAt);
    hard.add(attempt, attempt.startedAt);
  }

  established(attempt: Attempt, now: number): void {
    const watches = this.#connecting.get(attempt.job.lane);
    watches?.soft?.delete(attempt);
    watches?.hard.delete(attempt);
    if (this.#connectMs === 'adaptive') this.#look(attempt.job.lane);
    if (attempt.cause === undefined) this.#running?.add(attempt, now);
  }

  ended(attempt: Attempt): void {
    const watches = this.#connecting.get(attempt.job.lane);
    watches?.soft?.delete(attempt);
    watches?.hard.delete(attempt);
    this.#running?.delete(attempt);
    this.#dying.delete(attempt);
  }

  /** Aborts an attempt because the whole ends, and waits a while for it to stop. */
  abort(attempt: Attempt, error: unknown): void {
    this.#stop(attempt, { kind: 'aborted', error });
  }

  #timeOut(attempt: Attempt, error: unknown): void {
    this.#stop(attempt, { kind: 'timeout', error });
  }

  #stop(attempt: Attempt, cause: AbortCause): void {
    if (attempt.cause !== undefined) return;
    attempt.abort(cause);
    this.#dying.add(attempt, this.#clock.now());
  }

  #watches(lane: Lane): ConnectWatches {
    let watches = this.#connecting.get(lane);
    if (watches === undefined) {
      watches = this.#connectMs === 'adaptive' ? this.#adaptive(lane) : this.#fixed(this.#connectMs as number);
      this.#connecting.set(lane, watches);
    }
    return watches;
  }

  #fixed(limitMs: number): ConnectWatches {
    const hard = new Watch<Attempt>(
      this.#clock,
      () => limitMs,
      (attempt) => this.#timeOut(attempt, connectTimeout(limitMs)),
    );
    return { soft: undefined, hard };
  }

  #adaptive(lane: Lane): ConnectWatches {
    const { connectTime } = lane;
    const soft = new Watch<Attempt>(
      this.#clock,
      () => connectTime.softMs,
      (attempt) => lane.detach(attempt),
    );
    const hard = new Watch<Attempt>(
      this.#clock,
      () => connectTime.hardMs,
      (attempt) => {
        this.#timeOut(attempt, connectTimeout(connectTime.hardMs));
      },
    );
    return { soft, hard };
  }

  #look(lane: Lane): void {
    const watches = this.#connecting.get(lane);
    watches?.soft?.look();
    watches?.hard.look();
  }
}
