import { describe, expect, test } from 'vitest';
import { runAdaptive } from '../src/simulation/adaptive.ts';
import { tokenBucket } from '../src/simulation/networks.ts';
import type { Scenario } from '../src/simulation/scenarios.ts';
import type { TaskContext } from '../src/index.ts';
import { numbers, statuses, virtual } from './support.ts';

const bucket = { tokens: 50, refillPerSecond: 5, answer: { medianMs: 100, sigma: 0.3 }, refusedAfterMs: 20 };

describe('a storm of 429s', () => {
  test.each([
    ['that cost tokens themselves', { ...bucket, headers: false, debt: 500 }],
    ['from a bucket that is nearly empty', { ...bucket, tokens: 1, headers: false, debt: 20 }],
    ['with a refill of one in two seconds', { ...bucket, refillPerSecond: 0.5, headers: false, debt: 10 }],
  ])('%s passes: every task is answered, in the end', async (_name, parameters) => {
    const scenario: Scenario = {
      name: 'token bucket, no headers',
      make: (clock, seed) => tokenBucket(clock, seed, parameters),
    };
    const outcome = await runAdaptive(scenario, { tasks: 300, seed: 1 });
    const soonest = ((300 - parameters.tokens + parameters.debt) / parameters.refillPerSecond) * 1000;
    expect(outcome.failed).toBe(0);
    expect(outcome.makespanMs).toBeLessThan(2 * soonest);
    expect(outcome.mostRetries).toBeLessThanOrEqual(10);
  });

  test('that never ends is given up after as many retries as were allowed', async () => {
    const { executor, drain, sleep } = virtual();
    let calls = 0;
    const results = await drain(
      executor.map(
        numbers(20),
        async (_item, context) => {
          calls += 1;
          await sleep(10);
          context.throttled();
          throw new Error('429');
        },
        { retry: { throttledRetries: 2 } },
      ),
    );
    expect(statuses(results)).toEqual({ failed: 20 });
    expect(calls).toBe(60);
  });
});

test('after a rest, no more is sent than the server was ever known to take', async () => {
  const { executor, clock, drain, sleep } = virtual();
  const network = tokenBucket(clock, 1, { ...bucket, headers: true, debt: 0 });
  let refused = 0;
  let task = 0;
  const ask = (_item: number, context: TaskContext): Promise<void> =>
    new Promise((resolve) =>
      network.send({
        task: (task += 1),
        attempt: 1,
        reply: (reply) => {
          if (reply.kind !== 'ok') refused += 1;
          if (reply.kind === 'ok' && reply.remaining !== undefined) context.remaining(reply.remaining);
          resolve();
        },
      }),
    );
  await drain(executor.map(numbers(40), ask, { laneConcurrency: 40 }));
  await drain(executor.map(numbers(100), ask, { laneConcurrency: 200 }));
  await clock.runUntil(sleep(3_600_000));
  await drain(executor.map(numbers(200), ask));
  expect(refused).toBe(0);
});

test('Retry-After pauses the whole lane, once for all that were under way', async () => {
  const { clock, executor, drain, sleep } = virtual({ random: () => 0 });
  const startedAt: number[] = [];
  const pauses: number[] = [];
  await drain(
    executor.map(
      numbers(70),
      async (item, context) => {
        startedAt.push(clock.now());
        await sleep(10 + item / 100);
        if (item < 64 && context.attempt === 1) {
          context.throttled({ retryAfterMs: 5000 });
          throw new Error('429');
        }
      },
      { onEvent: (event) => event.type === 'throttle' && pauses.push(event.pauseMs) },
    ),
  );
  expect(pauses).toEqual([5000]);
  expect(startedAt.filter((at) => at > 0 && at < 5000)).toEqual([]);
  expect(startedAt.length).toBe(70 + 64);
});

test('another lane is not paused', async () => {
  const { clock, executor, drain, sleep } = virtual();
  const results = await drain(
    executor.map(
      numbers(20),
      async (item, context) => {
        await sleep(10);
        if (item % 2 === 0 && context.attempt === 1) {
          context.throttled({ retryAfterMs: 60_000 });
          throw new Error('429');
        }
        return clock.now();
      },
      { lane: (item) => (item % 2 === 0 ? 'even' : 'odd') },
    ),
  );
  for (const result of results) {
    expect(result.value === 10).toBe(result.lane === 'odd');
    expect((result.value as number) > 60_000).toBe(result.lane === 'even');
  }
});

test('what a server says of its quota may be nonsense', async () => {
  const { executor, drain, sleep } = virtual();
  const results = await drain(
    executor.map(numbers(100), async (item, context) => {
      await sleep(10);
      context.remaining(Number.NaN);
      context.remaining(-5);
      if (item < 3 && context.attempt === 1) {
        context.throttled({ retryAfterMs: [Number.NaN, -1, Infinity][item] });
        throw new Error('429');
      }
    }),
  );
  expect(statuses(results)).toEqual({ ok: 100 });
});

test('with a remaining quota of 0 and no refill in sight, one request from time to time asks again', async () => {
  const { clock, executor, drain, sleep } = virtual();
  const startedAt: number[] = [];
  let calls = 0;
  await drain(
    executor.map(
      numbers(5),
      async (_item, context) => {
        startedAt.push(clock.now());
        calls += 1;
        await sleep(100);
        context.remaining(calls < 4 ? 0 : 1000);
      },
      { laneConcurrency: 1 },
    ),
  );
  // The first reading comes at 100; then one a second, until the server takes more again.
  expect(startedAt).toEqual([0, 1100, 2200, 3300, 3400]);
});
