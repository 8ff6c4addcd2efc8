import { Executor, type ExecutorOptions, type Result, type Results } from '../src/index.ts';
import { seeded } from '../src/simulation/random.ts';
import { VirtualClock } from '../src/simulation/virtual-clock.ts';

export interface Virtual {
  readonly clock: VirtualClock;
  readonly executor: Executor;
  /** Reads all results, letting as much virtual time pass as they take. */
  readonly drain: <I, T>(results: Results<I, T>) => Promise<Result<I, T>[]>;
  /** A promise that resolves after so much virtual time, or rejects when the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** An executor on a virtual clock. */
export function virtual(options: Omit<ExecutorOptions, 'clock'> = {}): Virtual {
  const clock = new VirtualClock();
  const executor = new Executor({ clock, random: seeded(1), ...options });
  return {
    clock,
    executor,
    drain: (results) => clock.runUntil(collect(results)),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const timer = clock.setTimeout(resolve, ms);
        signal?.addEventListener('abort', () => {
          clock.clearTimeout(timer);
          reject(signal.reason as Error);
        });
      }),
  };
}

export async function collect<I, T>(results: AsyncIterable<Result<I, T>>): Promise<Result<I, T>[]> {
  const collected: Result<I, T>[] = [];
  for await (const result of results) collected.push(result);
  return collected;
}

export function statuses(results: readonly Result<unknown, unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** 0 to count − 1. */
export function numbers(count: number): number[] {
  return [...Array(count).keys()];
}

/** Numbers without end, counting how many were pulled and whether it was closed. */
export class Endless implements Iterable<number> {
  pulled = 0;
  isClosed = false;

  *[Symbol.iterator](): Generator<number> {
    try {
      for (;;) yield this.pulled++;
    } finally {
      this.isClosed = true;
    }
  }
}
