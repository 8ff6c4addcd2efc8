import { type Clock, systemClock, wait } from './clock.ts';

/**
 * Runs the calls to Azure. The owner of a pool or an adaptive executor gives its own; the default one only keeps order:
 * see {@link createCallRunner}.
 */
export interface CallRunner {
  /** `lane` is what Azure counts by: a subscription id, or `tenant`. */
  run<T>(lane: string, call: (context: CallContext) => Promise<T>, options?: { signal?: AbortSignal }): Promise<T>;
}

export interface CallContext {
  readonly signal: AbortSignal;
  /** 1 for the first. */
  readonly attempt: number;
  /** Azure refused the call and asks to wait; the call throws next, and the runner calls again after the wait. */
  throttled(info: { retryAfterMs?: number }): void;
  /** How many calls Azure says are left in the lane. */
  remaining(n: number): void;
}

export interface CallRunnerOptions {
  clock?: Clock;
  /** Calls in flight in one lane. @default 16 */
  width?: number;
  /** Times a call is made before a refusal is final. @default 5 */
  maxAttempts?: number;
  /** Milliseconds a call may wait in all, and the longest wait that is accepted. @default 120000 */
  maxWaitMs?: number;
}

/** Milliseconds to wait when Azure refuses without saying for how long; doubled with each attempt. */
const DEFAULT_RETRY_AFTER_MS = 1000;

/** A lane: what waits for a slot, and until when Azure asked everyone to wait. */
interface Lane {
  running: number;
  readonly waiting: (() => void)[];
  pausedUntil: number;
}

/**
 * The default runner: at most `width` calls of a lane at once, and a refused lane waits as a whole until Azure's
 * `Retry-After` is over, so that one refusal is not followed by fifteen more.
 */
export function createCallRunner(options: CallRunnerOptions = {}): CallRunner {
  const { clock = systemClock, width = 16, maxAttempts = 5, maxWaitMs = 120_000 } = options;
  const lanes = new Map<string, Lane>();

  return {
    async run(name, call, { signal = new AbortController().signal } = {}) {
      const lane = laneOf(lanes, name);
      const giveUpAt = clock.now() + maxWaitMs;
      await takeSlot(lane, width);
      try {
        for (let attempt = 1; ; attempt += 1) {
          while (lane.pausedUntil > clock.now()) await wait(clock, lane.pausedUntil - clock.now(), signal);
          signal.throwIfAborted();
          const refusal: { retryAfterMs?: number } = {};
          const throttled: CallContext['throttled'] = ({ retryAfterMs }) => {
            refusal.retryAfterMs = retryAfterMs ?? DEFAULT_RETRY_AFTER_MS * 2 ** (attempt - 1);
          };
          try {
            return await call({ signal, attempt, throttled, remaining: () => {} });
          } catch (error) {
            if (refusal.retryAfterMs === undefined || attempt >= maxAttempts) throw error;
            const until = clock.now() + refusal.retryAfterMs;
            if (until > giveUpAt) throw error;
            lane.pausedUntil = Math.max(lane.pausedUntil, until);
          }
        }
      } finally {
        lane.running -= 1;
        lane.waiting.shift()?.();
      }
    },
  };
}

function laneOf(lanes: Map<string, Lane>, name: string): Lane {
  let lane = lanes.get(name);
  if (lane === undefined) lanes.set(name, (lane = { running: 0, waiting: [], pausedUntil: 0 }));
  return lane;
}

async function takeSlot(lane: Lane, width: number): Promise<void> {
  while (lane.running >= width) await new Promise<void>((resolve) => lane.waiting.push(resolve));
  lane.running += 1;
}
