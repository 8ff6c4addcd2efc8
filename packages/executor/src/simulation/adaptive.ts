import type { TaskContext } from '../context.ts';
import { Executor } from '../executor.ts';
import type { ExecutorOptions, MapOptions } from '../options.ts';
import type { ExecutorState } from '../state.ts';
import { type Outcome, countDead, countRetries } from './fixed.ts';
import type { Network, Reply } from './network.ts';
import { seeded } from './random.ts';
import type { Scenario } from './scenarios.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface AdaptiveOptions {
  readonly tasks: number;
  readonly seed: number;
  readonly state?: ExecutorState;
  /** @default 1024 */
  readonly maxConcurrency?: number;
  /** The executor is not told how busy its own process is. @default false */
  readonly hideLoad?: boolean;
}

export interface AdaptiveOutcome extends Outcome {
  readonly state: ExecutorState;
  readonly width: number;
}

/** The executor on a network that it is told nothing about. */
export async function runAdaptive(scenario: Scenario, options: AdaptiveOptions): Promise<AdaptiveOutcome> {
  const { tasks, seed } = options;
  const clock = new VirtualClock();
  const network = scenario.make(clock, seed, tasks);
  const executor = new Executor(executorOptions(clock, network, options));
  const attempts = new Uint8Array(tasks);
  let refused = 0;
  let failed = 0;
  const seen = (reply: Reply): void => {
    if (reply.kind !== 'ok') refused += 1;
  };
  const task = (item: number, context: TaskContext): Promise<void> => request(network, item, context, seen);
  const drain = async (): Promise<number> => {
    for await (const result of executor.map(Array(tasks).keys(), task, mapOptions(scenario))) {
      attempts[result.index] = result.attempts;
      if (result.status !== 'ok') failed += 1;
    }
    return clock.now();
  };
  const makespanMs = await clock.runUntil(drain());
  return {
    makespanMs,
    failed,
    refused,
    ...countRetries(attempts),
    dead: countDead(scenario, seed, tasks),
    state: executor.state(),
    width: executor.width,
  };
}

function executorOptions(clock: VirtualClock, network: Network, options: AdaptiveOptions): ExecutorOptions {
  const { seed, state, maxConcurrency = 1024, hideLoad = false } = options;
  return {
    clock,
    maxConcurrency,
    random: seeded(seed),
    ...(state === undefined ? {} : { state }),
    ...(network.utilization === undefined || hideLoad ? {} : { utilization: () => network.utilization?.() ?? 0 }),
  };
}

function mapOptions(scenario: Scenario): MapOptions<number> {
  return {
    retry: { retries: 30, throttledRetries: 30, when: (error) => error instanceof Refused },
    gateHandshakes: scenario.gateHandshakes ?? false,
    ...(scenario.connects === true ? { timeouts: { connectMs: 'adaptive' } } : {}),
  };
}

class Refused extends Error {}

/** One request as a task of the executor. */
function request(network: Network, task: number, context: TaskContext, seen: (reply: Reply) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    context.signal.addEventListener('abort', () => reject(context.signal.reason as Error), { once: true });
    network.send({
      task,
      attempt: context.attempt,
      established: () => context.established(),
      reply(reply) {
        seen(reply);
        if (reply.kind !== 'refused' && reply.remaining !== undefined) context.remaining(reply.remaining);
        if (reply.kind === 'throttled') context.throttled({ retryAfterMs: reply.retryAfterMs });
        if (reply.kind === 'ok') resolve();
        else reject(new Refused(reply.kind));
      },
    });
  });
}
