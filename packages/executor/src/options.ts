import type { Clock } from './clock.ts';
import type { ExecutorEvent } from './events.ts';
import type { ExecutorState } from './state.ts';

/** A share of the items, such as `'10%'`. */
export type Share = `${number}%`;

export interface ExecutorOptions {
  /** The most tasks under way at once, over all lanes. @default 256 */
  readonly maxConcurrency?: number;
  /** What `executor.state()` returned in an earlier run. What cannot be read of it is ignored. */
  readonly state?: ExecutorState;
  /** @default the process's monotonic clock */
  readonly clock?: Clock;
  /**
   * How busy this process is at the moment, from 0 to 1. Asked before a lane's width is doubled.
   * @default the utilization of the event loop; with a `clock` of the caller's, 0
   */
  readonly utilization?: () => number;
  /** Uniform in [0, 1), for the jitter of retries. @default Math.random */
  readonly random?: () => number;
}

export interface RetryOptions {
  /** How often a task that failed is repeated. @default 0 */
  readonly retries?: number;
  /**
   * Which failures are worth repeating. Those count as signs of overload: a refused connection, not a wrong command.
   * @default every one
   */
  readonly when?: (error: unknown, attempt: number) => boolean;
  /** How often a task that was throttled is repeated. @default 10 */
  readonly throttledRetries?: number;
  /** The longest wait before the first repetition; it doubles with each further one, and the wait is uniform below it. @default 100 */
  readonly baseMs?: number;
  /** No wait is longer. @default 30_000 */
  readonly maxMs?: number;
}

export interface TimeoutOptions {
  /**
   * From the start to `context.established()`. `'adaptive'`: six times the 99th percentile of the lane's own connects,
   * at least 4 s; well before that the slot is given to another task (not with `laneConcurrency`), so that up to twice
   * `maxConcurrency` may be under way. The limit is looked at again while tasks run.
   * @default no limit
   */
  readonly connectMs?: 'adaptive' | number;
  /** From `context.established()` (from the start, where that is never called) to the end. @default no limit */
  readonly runMs?: number;
}

export interface HaltOptions {
  /** `soon`: what runs may finish. `now`: what runs is aborted. @default 'soon' */
  readonly when?: 'soon' | 'now';
  /**
   * Halt at this many failures, or at this share: of the wave where there are waves, else of all the items, else (where
   * their number is not known) of those done, from the third failure on. A time-out is a failure.
   */
  readonly fail?: number | Share;
  /** Halt at an error for which this is true, whatever the count. */
  readonly critical?: (error: unknown) => boolean;
}

export interface MapOptions<I> {
  readonly signal?: AbortSignal;
  /** Whether results come as they are ready or as the items came. @default 'completion' */
  readonly order?: 'completion' | 'input';
  /** Items of one lane share its limits: a region, a subscription, a jump host. @default one lane for all */
  readonly lane?: (item: I, index: number) => string;
  /** A bound on the tasks under way in each lane, where one is known. @default none but `maxConcurrency` */
  readonly laneConcurrency?: number;
  /**
   * The tasks of a lane shake hands with one and the same server, such as a jump host, and call
   * `context.established()` when that is through: a gate of its own keeps it from refusing (`MaxStartups` of sshd).
   * @default false
   */
  readonly gateHandshakes?: boolean;
  /** For the whole. What runs then is aborted, the rest is skipped. @default no limit */
  readonly deadlineMs?: number;
  readonly timeouts?: TimeoutOptions;
  readonly retry?: RetryOptions;
  /** When failures end the whole. @default never */
  readonly halt?: HaltOptions;
  /**
   * Sizes of waves, as numbers or as shares of all the items; the last one is repeated. A wave starts when every task
   * of the one before is done.
   * @default no waves
   */
  readonly waves?: readonly (number | Share)[];
  /** How many items there are, for shares and for the time left. @default the length of an array, set or map */
  readonly total?: number;
  /** No input is pulled while this many results wait to be read. @default 256 */
  readonly maxBuffered?: number;
  /** Called for everything that happens; what it throws ends the whole. */
  readonly onEvent?: (event: ExecutorEvent<I>) => void;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly retry?: RetryOptions;
}
