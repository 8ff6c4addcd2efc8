import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { numbers, virtual } from './support.ts';

test('resolves with what the call returns, and rejects with what it throws', async () => {
  const { executor, clock, sleep } = virtual();
  expect(await clock.runUntil(executor.run('a', () => sleep(10).then(() => 'done')))).toBe('done');
  expect(await clock.runUntil(executor.run('a', () => 'at once'))).toBe('at once');
  await expect(clock.runUntil(executor.run('a', () => Promise.reject(new TypeError('no'))))).rejects.toThrow(TypeError);
});

test('a throttled call pauses its lane and is repeated', async () => {
  const { executor, clock } = virtual({ random: () => 0 });
  const attempts: number[] = [];
  const call = executor.run('a', async (context) => {
    attempts.push(clock.now());
    if (context.attempt < 3) {
      context.throttled({ retryAfterMs: 2000 });
      throw new Error('429');
    }
    return context.attempt;
  });
  const other = executor.run('a', () => clock.now());
  expect(await clock.runUntil(call)).toBe(3);
  expect(attempts).toEqual([0, 2000, 4000]);
  expect(await clock.runUntil(other)).toBeGreaterThan(4000);
  expect(await clock.runUntil(executor.run('b', () => 'not paused'))).toBe('not paused');
});

test('after ten repetitions a call is still throttled: it rejects as it did last', async () => {
  const { executor, clock } = virtual();
  let calls = 0;
  const call = executor.run('a', (context) => {
    calls += 1;
    context.throttled();
    throw new Error(`429 (${calls})`);
  });
  await expect(clock.runUntil(call)).rejects.toThrow('429 (11)');
});

test('retries what it is told to', async () => {
  const { executor, clock } = virtual();
  const call = executor.run('a', ({ attempt }) => (attempt < 3 ? Promise.reject(new Error('reset')) : attempt), {
    retry: { retries: 2 },
  });
  expect(await clock.runUntil(call)).toBe(3);
});

test('a quota that the server names is not overspent', async () => {
  const { executor, clock, sleep } = virtual();
  let tokens = 5;
  let refused = 0;
  const call = (): Promise<void> =>
    executor.run('a', async (context) => {
      const taken = tokens > 0;
      if (taken) tokens -= 1;
      else refused += 1;
      const left = tokens;
      await sleep(10);
      context.remaining(left);
    });
  await clock.runUntil(call());
  const calls = Promise.all(numbers(8).map(call));
  clock.setTimeout(() => (tokens = 100), 3000);
  await clock.runUntil(calls);
  expect(refused).toBeLessThanOrEqual(1);
});

test('an aborted call rejects with the reason of its signal, wherever it was', async () => {
  const { executor, clock, sleep } = virtual({ maxConcurrency: 1 });
  const controller = new AbortController();
  const { signal } = controller;
  let started = 0;
  const call = (): Promise<void> =>
    executor.run(
      'a',
      (context) => {
        started += 1;
        return sleep(1000, context.signal);
      },
      { signal },
    );
  const calls = [call(), call()];
  clock.setTimeout(() => controller.abort(new Error('enough')), 10);
  const settled = await clock.runUntil(Promise.allSettled(calls));
  expect(settled).toEqual(numbers(2).map(() => ({ status: 'rejected', reason: new Error('enough') })));
  expect(started).toBe(1);
  await expect(call()).rejects.toThrow('enough');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  expect([executor.inFlight, executor.queued, clock.timers]).toEqual([0, 0, 0]);
});

test('while it waits for a throttled lane, no timer outlives its abort', async () => {
  const { executor, clock } = virtual();
  const controller = new AbortController();
  const call = executor.run(
    'a',
    (context) => {
      context.throttled({ retryAfterMs: 3_600_000 });
      throw new Error('429');
    },
    { signal: controller.signal },
  );
  await clock.advance(10);
  expect(clock.timers).toBe(1);
  controller.abort(new Error('enough'));
  await expect(call).rejects.toThrow('enough');
  expect(clock.timers).toBe(0);
});
