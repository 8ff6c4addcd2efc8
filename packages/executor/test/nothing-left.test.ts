import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import type { MapOptions, Results } from '../src/index.ts';
import { collect, numbers, virtual, type Virtual } from './support.ts';

type End = (map: (options: MapOptions<number>) => Results<number, void>, virtual: Virtual) => Promise<unknown>;

const ends: Record<string, End> = {
  success: (map) => collect(map({})),
  'halt soon': (map) => collect(map({ halt: { fail: 1 } })),
  'halt now': (map) => collect(map({ halt: { when: 'now', fail: 1 } })),
  deadline: (map) => collect(map({ deadlineMs: 25 })),
  waves: (map) => collect(map({ waves: [1, '10%'] })),
  break: async (map) => {
    for await (const _result of map({})) break;
  },
  'no reading at all': (map) => map({}).return(),
  'a callback that throws': (map) =>
    collect(
      map({
        onEvent: () => {
          throw new Error('a bug of the caller');
        },
      }),
    ).catch(() => undefined),
};

test.each(Object.entries(ends))('after %s: no timer, no listener, no task', async (_name, end) => {
  const simulated = virtual();
  const { executor, clock, sleep } = simulated;
  const controller = new AbortController();
  let running = 0;
  const task = async (
    item: number,
    context: { signal: AbortSignal; throttled: () => void; attempt: number },
  ): Promise<void> => {
    running += 1;
    try {
      await sleep(10 + (item % 30), context.signal);
      if (item % 10 === 0 && context.attempt === 1) context.throttled();
      if (item % 3 === 0) throw new Error('no');
    } finally {
      running -= 1;
    }
  };
  const map = (options: MapOptions<number>): Results<number, void> =>
    executor.map(numbers(200), task, {
      signal: controller.signal,
      deadlineMs: 60_000,
      timeouts: { connectMs: 'adaptive', runMs: 30_000 },
      retry: { retries: 2 },
      lane: (item) => String(item % 3),
      ...options,
    });
  await clock.runUntil(end(map, simulated));
  expect(running).toBe(0);
  expect(clock.timers).toBe(0);
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  expect(executor.inFlight).toBe(0);
  expect(executor.queued).toBe(0);
});
