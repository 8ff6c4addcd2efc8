import { describe, expect, test } from 'vitest';
import { numbers, virtual } from './support.ts';

class Busy extends Error {}

test('by default a failure is final', async () => {
  const { executor, drain } = virtual();
  const [result] = await drain(executor.map([1], () => Promise.reject(new Busy())));
  expect(result).toMatchObject({ status: 'failed', attempts: 1 });
});

test('a failure worth it is repeated, as often as allowed', async () => {
  const { executor, drain } = virtual();
  const results = await drain(
    executor.map(
      [2, 3, 4, 5],
      (failures, { attempt }) => (attempt <= failures ? Promise.reject(new Busy()) : attempt),
      {
        retry: { retries: 3 },
        order: 'input',
      },
    ),
  );
  expect(results.map(({ status, attempts, value }) => [status, attempts, value])).toEqual([
    ['ok', 3, 3],
    ['ok', 4, 4],
    ['failed', 4, undefined],
    ['failed', 4, undefined],
  ]);
});

test('one that is not worth it is not', async () => {
  const { executor, drain } = virtual();
  const results = await drain(
    executor.map(['busy', 'wrong'], (item) => Promise.reject(item === 'busy' ? new Busy() : new TypeError()), {
      retry: { retries: 2, when: (error) => error instanceof Busy },
      order: 'input',
    }),
  );
  expect(results.map(({ attempts }) => attempts)).toEqual([3, 1]);
});

const waits = async (random: number, retry: { baseMs: number; maxMs: number }): Promise<number[]> => {
  const { executor, clock, drain } = virtual({ random: () => random });
  const startedAt: number[] = [];
  await drain(
    executor.map(
      [1],
      () => {
        startedAt.push(clock.now());
        throw new Busy();
      },
      { retry: { retries: 4, ...retry } },
    ),
  );
  return startedAt.slice(1).map((at, place) => at - (startedAt[place] as number));
};

describe('the wait before a repetition', () => {
  test('is bounded by a time that doubles, up to a limit', async () => {
    expect(await waits(0.999999, { baseMs: 100, maxMs: 500 })).toEqual(
      [100, 200, 400, 500].map((bound) => expect.closeTo(bound, 2)),
    );
  });

  test('is anything below that bound', async () => {
    expect(await waits(0.5, { baseMs: 100, maxMs: 30_000 })).toEqual([50, 100, 200, 400]);
    expect(await waits(0, { baseMs: 100, maxMs: 30_000 })).toEqual([0, 0, 0, 0]);
  });

  test('holds no slot', async () => {
    const { executor, clock, drain } = virtual({ random: () => 0.99 });
    const doneAt: number[] = [];
    await drain(
      executor.map(
        numbers(10),
        async (item, { attempt }) => {
          if (item === 0 && attempt === 1) throw new Busy();
          doneAt[item] = clock.now();
        },
        { laneConcurrency: 1, retry: { retries: 1, baseMs: 1000 } },
      ),
    );
    expect(doneAt[0]).toBe(990);
    expect(doneAt.slice(1)).toEqual(numbers(9).map(() => 0));
  });
});

test('repetitions pass the same limits, and go before what was never started', async () => {
  const { executor, clock, drain, sleep } = virtual({ random: () => 0 });
  let running = 0;
  let most = 0;
  const order: number[] = [];
  await drain(
    executor.map(
      numbers(6),
      async (item, { attempt }) => {
        order.push(item);
        running += 1;
        most = Math.max(most, running);
        await sleep(10);
        running -= 1;
        if (item < 2 && attempt === 1) throw new Busy();
      },
      { laneConcurrency: 2, retry: { retries: 1 } },
    ),
  );
  expect(most).toBe(2);
  expect(order.slice(0, 4)).toEqual([0, 1, 0, 1]);
  expect(clock.now()).toBe(40);
});

test('a time-out can be repeated too', async () => {
  const { executor, drain, sleep } = virtual();
  const [result] = await drain(
    executor.map([1], (_item, { attempt, signal }) => sleep(attempt === 1 ? 60_000 : 10, signal), {
      timeouts: { runMs: 1000 },
      retry: { retries: 1 },
    }),
  );
  expect(result).toMatchObject({ status: 'ok', attempts: 2 });
});

test('an attempt that ends after it was given up changes nothing', async () => {
  const { executor, clock, drain } = virtual();
  const late: (() => void)[] = [];
  const results = await drain(
    executor.map(
      [1],
      (_item, context) =>
        new Promise((resolve) => {
          late.push(() => {
            context.established();
            context.throttled();
            context.remaining(3);
            resolve('too late');
          });
        }),
      { timeouts: { runMs: 1000 } },
    ),
  );
  expect(results).toMatchObject([{ status: 'timeout' }]);
  for (const end of late) end();
  await clock.advance(1);
  expect(executor.inFlight).toBe(0);
  expect(executor.lanes()[0]?.ratePerSecond).toBe(Infinity);
});
