import { type Clock, systemClock } from './clock.ts';
import type { CallContext } from './context.ts';
import { Events } from './events.ts';
import { Lane, type LaneHost, type LaneView } from './lane.ts';
import { LocalLoad, eventLoopUtilization } from './local-load.ts';
import { type MapHost, MapRun, type Task } from './map-run.ts';
import type { ExecutorOptions, MapOptions, RunOptions } from './options.ts';
import type { Result } from './result.ts';
import { runCall } from './run-call.ts';
import { Slots } from './slots.ts';
import type { Input } from './source.ts';
import { type ExecutorState, type LaneState, readState } from './state.ts';
import { optionalFunction, wholeNumber } from './validate.ts';

const DEFAULT_WIDTH = 256;
const REMEMBERED_LANES = 1000;

/**
 * What `map` returns: read it with `for await`. To leave the loop ends what still runs, and waits for it; so does the end of
 * the block in `await using`.
 */
// Not `AsyncDisposable` by name: this is one where the reader's TypeScript knows such a thing, and compiles where not.
export interface Results<I, T> extends AsyncIteratorObject<Result<I, T>, undefined> {
  next(): Promise<IteratorResult<Result<I, T>, undefined>>;
  return(): Promise<IteratorResult<Result<I, T>, undefined>>;
  [Symbol.asyncIterator](): Results<I, T>;
}

/**
 * Runs tasks in parallel and finds the right width by itself, lane by lane. It holds nothing open: where nothing runs,
 * there is no timer and nothing to close.
 */
export class Executor {
  readonly #host: LaneHost & MapHost;
  readonly #lanes = new Map<string, Lane>();
  /** Of lanes that are not in use. */
  readonly #remembered: Map<string, LaneState>;

  /** @throws {ExecutorError} EXECUTOR_INVALID_OPTION */
  constructor(options: ExecutorOptions = {}) {
    const { maxConcurrency = DEFAULT_WIDTH, clock = systemClock, random = Math.random, utilization } = options;
    wholeNumber('maxConcurrency', maxConcurrency, 1);
    optionalFunction('random', random);
    optionalFunction('utilization', utilization);
    const slots = new Slots(maxConcurrency);
    const load = new LocalLoad(clock, utilization ?? ownUtilization(clock), slots);
    this.#host = { clock, random, slots, load, events: new Events(), lane: (name) => this.#lane(name) };
    this.#remembered = readState(options.state);
  }

  /**
   * Runs `task` for every item. Nothing starts before the first result is asked for. No task's failure is thrown: each
   * item has its result. What is thrown instead of a result is what the input threw, or a callback of the options.
   *
   * @throws {ExecutorError} EXECUTOR_INVALID_OPTION, at once
   */
  map<I, T>(input: Input<I>, task: Task<I, T>, options: MapOptions<I> = {}): Results<I, T> {
    return results(new MapRun(this.#host, input, task, options));
  }

  /**
   * Passes one call through a lane: the same limits, pauses and repetitions as the tasks of a map. Resolves or rejects as
   * the last attempt did; with the signal's reason if it was aborted.
   *
   * @throws {ExecutorError} EXECUTOR_INVALID_OPTION, at once
   */
  run<T>(lane: string, call: (context: CallContext) => T | PromiseLike<T>, options: RunOptions = {}): Promise<T> {
    return runCall(this.#lane(lane), this.#host, call, options);
  }

  /** What was learned, for the next run: plain data, to be kept as JSON. At most a thousand lanes, the latest used. */
  state(): ExecutorState {
    const lanes = new Map(this.#remembered);
    for (const [name, lane] of this.#lanes) {
      lanes.delete(name);
      lanes.set(name, lane.state);
    }
    return { version: 1, lanes: Object.fromEntries([...lanes].slice(-REMEMBERED_LANES)) };
  }

  /** The lanes in use, each at this moment. */
  lanes(): LaneView[] {
    return [...this.#lanes.values()].map((lane) => lane.view);
  }

  /** Tasks that may be under way at once, over all lanes. */
  get width(): number {
    return Math.min(
      this.#host.slots.size,
      this.#sum((lane) => lane.width),
    );
  }

  /** Tasks under way. */
  get inFlight(): number {
    return this.#sum((lane) => lane.inFlight);
  }

  /** Tasks that wait for their lane. */
  get queued(): number {
    return this.#sum((lane) => lane.queued);
  }

  /** Starts a second that the lanes allow together; Infinity where one of them met no limit. */
  get ratePerSecond(): number {
    return this.#sum((lane) => lane.ratePerSecond);
  }

  #sum(of: (lane: LaneView) => number): number {
    let sum = 0;
    for (const lane of this.#lanes.values()) sum += of(lane.view);
    return sum;
  }

  #lane(name: string): Lane {
    let lane = this.#lanes.get(name);
    if (lane === undefined) {
      if (this.#lanes.size > 0 && this.#lanes.size % REMEMBERED_LANES === 0) this.#putAwayIdleLanes();
      lane = new Lane(name, this.#host, this.#remembered.get(name));
      this.#remembered.delete(name);
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  #putAwayIdleLanes(): void {
    for (const [name, lane] of this.#lanes) {
      if (!lane.isIdle) continue;
      this.#lanes.delete(name);
      this.#remembered.set(name, lane.state);
    }
    for (const name of this.#remembered.keys()) {
      if (this.#remembered.size <= REMEMBERED_LANES) return;
      this.#remembered.delete(name);
    }
  }
}

/** On a clock that is not real, how busy the real event loop is means nothing. */
function ownUtilization(clock: Clock): () => number {
  return clock === systemClock ? eventLoopUtilization() : () => 0;
}

function results<I, T>(run: MapRun<I, T>): Results<I, T> {
  return {
    next: () => run.next(),
    async return() {
      await run.return();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await run.return();
    },
  };
}
