import type { Attempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import type { TaskContext } from './context.ts';
import { deadlineReached, stopped } from './errors.ts';
import type { Events } from './events.ts';
import { Feed, type Taker } from './feed.ts';
import { Job, type JobOwner, type Outcome } from './job.ts';
import { resultOf } from './job-result.ts';
import type { Lane } from './lane.ts';
import { MapEvents } from './map-events.ts';
import { type MapSettings, mapSettings } from './map-settings.ts';
import type { MapOptions } from './options.ts';
import { Output } from './output.ts';
import type { Result } from './result.ts';
import type { RetryPolicy } from './retry.ts';
import { type Input, Source } from './source.ts';
import { TimeLimits } from './time-limits.ts';
import { Waves } from './waves.ts';

export type Task<I, T> = (item: I, context: TaskContext) => T | PromiseLike<T>;

/** What a map needs of its executor. */
export interface MapHost {
  readonly clock: Clock;
  readonly events: Events;
  readonly random: () => number;
  lane(name: string): Lane;
}

/**
 * One call of `executor.map`: pulls items, hands them to their lanes, and gathers the results.
 *
 * new → running → (ending →) over. `ending` is an early end: no more is pulled or started, what runs is waited for.
 */
export class MapRun<I, T> implements JobOwner, Taker<I> {
  readonly clock: Clock;
  readonly retry: RetryPolicy;
  readonly #host: MapHost;
  readonly #task: Task<I, T>;
  readonly #options: MapOptions<I>;
  readonly #settings: MapSettings<I>;
  readonly #source: Source<I>;
  readonly #feed: Feed<I>;
  readonly #output: Output<Result<I, T>>;
  readonly #waves: Waves;
  readonly #limits: TimeLimits;
  readonly #events: MapEvents<I>;
  /** Pulled, and not done. */
  readonly #open = new Set<Job>();
  #state: 'new' | 'running' | 'ending' | 'over' = 'new';
  /** Pulled, and not yet started. */
  #queued = 0;
  #deadline: unknown;
  /** Why it ends early. */
  #reason: unknown;
  #failure: { readonly error: unknown } | undefined;
  #closed: Promise<void> | undefined;
  #whenOver: (() => void)[] = [];

  constructor(host: MapHost, input: Input<I>, task: Task<I, T>, options: MapOptions<I>) {
    this.#settings = mapSettings(options, host.random);
    this.clock = host.clock;
    this.retry = this.#settings.retry;
    this.#host = host;
    this.#task = task;
    this.#options = options;
    this.#source = new Source(input, options.total);
    this.#feed = new Feed(this.#source, this);
    this.#output = new Output(this.#settings.order);
    this.#waves = new Waves(options.waves, this.#source.total);
    this.#limits = new TimeLimits(host.clock, options.timeouts);
    this.#events = new MapEvents(host.events, options.onEvent, (error) => this.broke(error));
  }

  next(): Promise<IteratorResult<Result<I, T>, undefined>> {
    if (this.#state === 'new') this.#start();
    const step = this.#output.next();
    this.#pump();
    return step;
  }

  /** The results are no longer read: ends everything, and resolves when it has ended. */
  async return(): Promise<void> {
    if (this.#state === 'new') this.#becomeOver();
    else this.#end(stopped(), 'now');
    if (this.#output.isEnded) return;
    await new Promise<void>((resolve) => this.#whenOver.push(resolve));
  }

  get isEnding(): boolean {
    return this.#state !== 'running';
  }

  invoke(job: Job, context: TaskContext): unknown {
    return this.#task(job.item as I, context);
  }

  started(attempt: Attempt): void {
    if (attempt.attempt === 1) this.#queued -= 1;
    this.#limits.started(attempt);
    this.#events.started(attempt);
    this.#pump();
  }

  established(attempt: Attempt, now: number): void {
    this.#limits.established(attempt, now);
  }

  ended(attempt: Attempt): void {
    this.#limits.ended(attempt);
  }

  retrying(job: Job, error: unknown, delayMs: number): void {
    this.#events.retrying(job, error, delayMs);
  }

  finished(job: Job, outcome: Outcome, now: number): void {
    this.#open.delete(job);
    this.#report(resultOf(job, outcome, now), now);
    if (this.#waves.done()) this.#settings.halt.nextWave();
    this.#pump();
  }

  /** Something of the caller's threw that has no item's result to go to: the map itself fails. */
  broke(error: unknown): void {
    this.#failure ??= { error };
    this.#end(error, 'now');
  }

  #start(): void {
    const { signal, deadlineMs } = this.#options;
    this.#state = 'running';
    this.#events.open(this.clock, this.#source.total);
    if (deadlineMs !== undefined) {
      this.#deadline = this.clock.setTimeout(() => this.#end(deadlineReached(deadlineMs), 'now'), deadlineMs);
    }
    signal?.addEventListener('abort', this.#aborted, { once: true });
    if (signal?.aborted === true) this.#aborted();
  }

  readonly #aborted = (): void => this.#end(this.#options.signal?.reason, 'now');

  wantsMore(): boolean {
    return (
      this.#state === 'running' &&
      this.#queued < this.#settings.lookahead &&
      this.#output.size < this.#settings.maxBuffered &&
      this.#waves.hasRoom
    );
  }

  take(item: I, index: number): void {
    if (this.#state === 'over') return;
    const job = this.#job(item, index);
    if (job === undefined) return;
    this.#waves.pulled();
    this.#open.add(job);
    if (this.#state !== 'running') {
      this.#drop(job);
      return;
    }
    this.#queued += 1;
    job.enqueue();
  }

  /** What was pulled before is finished: nothing is wrong with it. */
  inputFailed(error: unknown): void {
    this.#failure ??= { error };
    this.#end(error, 'soon');
  }

  resumed(): void {
    this.#pump();
  }

  #pump(): void {
    this.#feed.pull();
    this.#settle();
  }

  #job(item: I, index: number): Job | undefined {
    try {
      return new Job(item, index, this.#lane(this.#settings.laneOf(item, index)), this);
    } catch (error) {
      this.broke(error);
      return undefined;
    }
  }

  #lane(name: string): Lane {
    const { laneConcurrency, gateHandshakes } = this.#options;
    const lane = this.#host.lane(name);
    if (laneConcurrency !== undefined) lane.bound(laneConcurrency);
    if (gateHandshakes === true) lane.gateHandshakes();
    return lane;
  }

  #report(result: Result<I, T>, now: number): void {
    const failed = result.status === 'failed' || result.status === 'timeout';
    this.#output.push(result);
    this.#events.result(result, now);
    if (!failed) this.#settings.halt.succeeded();
    else if (this.#state === 'running') this.#considerHalt(result.error);
  }

  #considerHalt(error: unknown): void {
    const { halt } = this.#settings;
    try {
      const reason = halt.failed(error, Number.isFinite(this.#waves.size) ? this.#waves.size : undefined);
      if (reason !== undefined) this.#end(reason, halt.when);
    } catch (thrown) {
      this.broke(thrown);
    }
  }

  #end(reason: unknown, when: 'soon' | 'now'): void {
    if (this.#state === 'running') {
      this.#state = 'ending';
      this.#reason = reason;
      if (!this.#source.isInMemory) this.#close();
      this.#events.endsEarly(reason);
    }
    for (const job of this.#open) {
      if (job.state !== 'running') this.#drop(job);
      else if (when === 'now' && job.current !== undefined) this.#limits.abort(job.current, reason);
    }
    this.#settle();
  }

  #close(): void {
    this.#closed = this.#source.close().catch((error: unknown) => {
      this.#failure ??= { error };
    });
  }

  /** Ends a job that does not run: it is skipped, or, where it waited to be repeated, stays failed. */
  #drop(job: Job): void {
    job.drop();
    this.#open.delete(job);
    const now = this.clock.now();
    const outcome: Outcome =
      job.attempts === 0 ? { status: 'skipped', error: this.#reason } : { status: 'failed', error: job.lastError };
    this.#report(resultOf(job, outcome, now), now);
  }

  /** Ends the map if nothing is left to do. */
  #settle(): void {
    const isThrough = this.#state === 'running' && this.#feed.isThrough;
    if ((isThrough || this.#state === 'ending') && this.#open.size === 0) void this.#finish();
  }

  async #finish(): Promise<void> {
    const isEarly = this.#state === 'ending';
    this.#becomeOver();
    await this.#closed;
    if (this.#failure !== undefined) this.#output.fail(this.#failure.error);
    else this.#output.end(isEarly && this.#source.isInMemory ? this.#unpulled() : [].values());
    for (const resolve of this.#whenOver) resolve();
  }

  #becomeOver(): void {
    if (this.#state === 'new') this.#output.end([].values());
    this.#state = 'over';
    this.#options.signal?.removeEventListener('abort', this.#aborted);
    if (this.#deadline !== undefined) this.clock.clearTimeout(this.#deadline);
    this.#events.close();
  }

  /** Names the items in memory that were never pulled. */
  *#unpulled(): Generator<Result<I, T>> {
    for (const [item, index] of this.#feed.rest()) {
      const lane = this.#settings.laneOf(item, index);
      yield { status: 'skipped', item, index, lane, attempts: 0, elapsedMs: 0, error: this.#reason };
    }
  }
}
