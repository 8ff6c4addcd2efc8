import { retryDelayMs, retryPolicy } from '../retry.ts';
import type { Reply } from './network.ts';
import { seeded } from './random.ts';
import type { Scenario } from './scenarios.ts';
import { VirtualClock } from './virtual-clock.ts';

const MOST_RETRIES = 30;

export interface Outcome {
  readonly makespanMs: number;
  /** Tasks without an answer: dead, or out of retries. */
  readonly failed: number;
  readonly dead: number;
  /** Tasks that needed more than three retries. */
  readonly overRetried: number;
  readonly mostRetries: number;
  /** Requests that were refused or throttled. */
  readonly refused: number;
}

export interface FixedOptions {
  readonly width: number;
  readonly tasks: number;
  readonly seed: number;
  readonly timeoutMs?: number;
  /** A run that is not through by then does not interest: its makespan is Infinity. @default Infinity */
  readonly untilMs?: number;
}

/**
 * A pool of fixed width, as most tools have it: every slot takes the next task and keeps it, repeating it where it is
 * refused, after a full jitter back-off or what Retry-After says.
 */
export function runFixed(
  scenario: Scenario,
  { width, tasks, seed, timeoutMs = 30_000, untilMs = Infinity }: FixedOptions,
): Outcome {
  const clock = new VirtualClock();
  const network = scenario.make(clock, seed, tasks);
  const policy = retryPolicy({ retries: MOST_RETRIES }, seeded(seed));
  const attempts = new Uint8Array(tasks);
  let next = 0;
  let failed = 0;
  let refused = 0;
  let makespanMs = 0;
  let ended = 0;

  const startNext = (): void => {
    makespanMs = clock.now();
    ended += 1;
    if (next < tasks) send(next++);
  };
  const giveUp = (): void => {
    failed += 1;
    startNext();
  };
  const replied = (task: number, reply: Reply): void => {
    if (reply.kind === 'ok') {
      startNext();
      return;
    }
    refused += 1;
    const attempt = attempts[task] as number;
    if (attempt > MOST_RETRIES) {
      giveUp();
      return;
    }
    const waitMs = (reply.kind === 'throttled' ? reply.retryAfterMs : undefined) ?? retryDelayMs(policy, attempt);
    clock.setTimeout(() => send(task), waitMs);
  };
  const send = (task: number): void => {
    const attempt = ((attempts[task] as number) += 1);
    let isOver = false;
    const timer = clock.setTimeout(() => {
      isOver = true;
      giveUp();
    }, timeoutMs);
    network.send({
      task,
      attempt,
      reply(reply) {
        if (isOver) return;
        clock.clearTimeout(timer);
        replied(task, reply);
      },
    });
  };
  while (next < Math.min(width, tasks)) send(next++);
  clock.runAll(untilMs);
  if (ended < tasks) makespanMs = Infinity;
  return { makespanMs, failed, refused, ...countRetries(attempts), dead: countDead(scenario, seed, tasks) };
}

export function countRetries(attempts: Iterable<number>): { overRetried: number; mostRetries: number } {
  let overRetried = 0;
  let mostRetries = 0;
  for (const count of attempts) {
    if (count > 4) overRetried += 1;
    mostRetries = Math.max(mostRetries, count - 1);
  }
  return { overRetried, mostRetries };
}

export function countDead(scenario: Scenario, seed: number, tasks: number): number {
  let dead = 0;
  for (let task = 0; task < tasks; task += 1) if (scenario.isDead?.(seed, task) === true) dead += 1;
  return dead;
}
