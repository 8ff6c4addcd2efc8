import { describe, expect, test } from 'vitest';
import type { TaskContext } from '../src/index.ts';
import { numbers, statuses, virtual, type Virtual } from './support.ts';

describe('runMs', () => {
  test('limits a task that never says it is connected, from its start', async () => {
    const { executor, clock, drain, sleep } = virtual();
    const [result] = await drain(
      executor.map([1], (_item, { signal }) => sleep(5000, signal), { timeouts: { runMs: 300 } }),
    );
    expect(result).toMatchObject({ status: 'timeout', elapsedMs: 300, error: { code: 'EXECUTOR_RUN_TIMEOUT' } });
    expect(clock.now()).toBe(300);
  });

  test('counts from the connection, where connects have their own limit', async () => {
    const { executor, drain, sleep } = virtual();
    const results = await drain(
      executor.map(
        [250, 350],
        async (runMs, context) => {
          await sleep(900, context.signal);
          context.established();
          await sleep(runMs, context.signal);
        },
        { timeouts: { connectMs: 1000, runMs: 300 }, order: 'input' },
      ),
    );
    expect(results.map(({ status, elapsedMs }) => [status, elapsedMs])).toEqual([
      ['ok', 1150],
      ['timeout', 1200],
    ]);
  });

  test('without it, a command may run as long as it likes', async () => {
    const { executor, drain, sleep } = virtual();
    const results = await drain(
      executor.map(
        [1],
        async (_item, context) => {
          context.established();
          await sleep(3_600_000, context.signal);
        },
        { timeouts: { connectMs: 'adaptive' } },
      ),
    );
    expect(results).toMatchObject([{ status: 'ok' }]);
  });
});

test('one that connects late does not hide another whose time is up', async () => {
  const { executor, drain, sleep } = virtual();
  const results = await drain(
    executor.map(
      [200, 50_000],
      async (connectsAfter, context) => {
        await sleep(connectsAfter, context.signal);
        context.established();
        await sleep(50_000, context.signal);
      },
      { timeouts: { runMs: 300 }, order: 'input' },
    ),
  );
  expect(results.map(({ elapsedMs }) => elapsedMs)).toEqual([500, 300]);
});

test('a fixed connectMs ends what is not connected', async () => {
  const { executor, drain, sleep } = virtual();
  const results = await drain(
    executor.map([100, 5000], (ms, { signal }) => sleep(ms, signal), { timeouts: { connectMs: 200 } }),
  );
  expect(results).toMatchObject([
    { status: 'ok' },
    {
      status: 'timeout',
      elapsedMs: 200,
      error: { code: 'EXECUTOR_CONNECT_TIMEOUT', message: 'No connection after 200 ms.' },
    },
  ]);
});

test('a task that ignores its signal is given up 5 s after its time was up', async () => {
  const { executor, clock, drain } = virtual();
  const results = await drain(executor.map([1], () => new Promise(() => undefined), { timeouts: { runMs: 1000 } }));
  expect(results).toMatchObject([{ status: 'timeout' }]);
  expect(clock.now()).toBe(6000);
});

const connectAfter =
  ({ sleep }: Virtual, delays: (item: number) => number) =>
  async (item: number, context: TaskContext): Promise<void> => {
    await sleep(delays(item), context.signal);
    context.established();
  };

const slowOnes = (item: number): number => (item === 0 ? 11_000 : 2000 + (item % 50));

const thirtyDead = (item: number): number => (item >= 100 && item < 130 ? 60_000 : 50);

describe('an adaptive connect limit', () => {
  test('is 30 s where nothing is known', async () => {
    const simulated = virtual();
    const results = await simulated.drain(
      simulated.executor.map(
        [29_000, 31_000],
        connectAfter(simulated, (ms) => ms),
        { timeouts: { connectMs: 'adaptive' } },
      ),
    );
    expect(results.map(({ status, elapsedMs }) => [status, elapsedMs])).toEqual([
      ['ok', 29_000],
      ['timeout', 30_000],
    ]);
  });

  test('comes down while a task is already waiting, to 4 s at least', async () => {
    const simulated = virtual();
    const results = await simulated.drain(
      simulated.executor.map(
        numbers(100),
        connectAfter(simulated, (item) => (item === 0 ? 60_000 : 100)),
        {
          timeouts: { connectMs: 'adaptive' },
        },
      ),
    );
    expect(results.at(-1)).toMatchObject({ index: 0, status: 'timeout', elapsedMs: 4000 });
  });

  test('grows with the connects, so that slow ones are not given up', async () => {
    const simulated = virtual();
    const results = await simulated.drain(
      simulated.executor.map(numbers(200), connectAfter(simulated, slowOnes), { timeouts: { connectMs: 'adaptive' } }),
    );
    expect(statuses(results)).toEqual({ ok: 200 });
  });

  test('gives the slots of slow ones to others long before, up to the width', async () => {
    const simulated = virtual({ maxConcurrency: 10 });
    const { executor, clock } = simulated;
    let most = 0;
    const task = connectAfter(simulated, thirtyDead);
    const results = await simulated.drain(
      executor.map(
        numbers(300),
        (item, context) => {
          most = Math.max(most, executor.inFlight);
          return task(item, context);
        },
        { timeouts: { connectMs: 'adaptive' } },
      ),
    );
    expect(statuses(results)).toEqual({ ok: 270, timeout: 30 });
    expect(most).toBe(20);
    // 30 dead ones at ten slots would take three times 4 s one after the other.
    expect(clock.now()).toBeLessThan(10_000);
    expect(executor.inFlight).toBe(0);
  });

  test('but not where there is a bound on the lane', async () => {
    const simulated = virtual();
    let most = 0;
    const task = connectAfter(simulated, thirtyDead);
    const results = await simulated.drain(
      simulated.executor.map(
        numbers(150),
        (item, context) => {
          most = Math.max(most, simulated.executor.inFlight);
          return task(item, context);
        },
        { timeouts: { connectMs: 'adaptive' }, laneConcurrency: 10 },
      ),
    );
    expect(statuses(results)).toEqual({ ok: 120, timeout: 30 });
    expect(most).toBe(10);
  });

  test('a slow one that connects after all takes part again', async () => {
    const simulated = virtual({ maxConcurrency: 2 });
    const results = await simulated.drain(
      simulated.executor.map(
        numbers(60),
        async (item, context) => {
          await simulated.sleep(item === 40 ? 2000 : 20, context.signal);
          context.established();
          await simulated.sleep(500, context.signal);
        },
        { timeouts: { connectMs: 'adaptive' } },
      ),
    );
    expect(statuses(results)).toEqual({ ok: 60 });
    expect(simulated.executor.inFlight).toBe(0);
  });

  test('one limit for each lane', async () => {
    const simulated = virtual();
    const results = await simulated.drain(
      simulated.executor.map(
        numbers(200),
        connectAfter(simulated, (item) => (item === 198 || item === 199 ? 60_000 : item % 2 === 0 ? 10 : 3000)),
        { timeouts: { connectMs: 'adaptive' }, lane: (item) => (item % 2 === 0 ? 'near' : 'far') },
      ),
    );
    const limits = Object.fromEntries(results.filter((r) => r.status === 'timeout').map((r) => [r.lane, r.elapsedMs]));
    expect(limits).toEqual({ near: 4000, far: 18_000 });
  });
});
