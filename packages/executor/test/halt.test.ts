import { describe, expect, test } from 'vitest';
import { ExecutorError } from '../src/index.ts';
import { Endless, numbers, statuses, virtual } from './support.ts';

test('soon: what runs may finish, the rest is skipped', async () => {
  const { executor, drain, sleep } = virtual();
  const results = await drain(
    executor.map(
      numbers(100),
      async (item) => {
        await sleep(item === 3 ? 10 : 50);
        if (item === 3) throw new Error('no');
      },
      { laneConcurrency: 10, halt: { fail: 1 } },
    ),
  );
  expect(statuses(results)).toEqual({ ok: 9, failed: 1, skipped: 90 });
});

test('now: what runs is aborted and waited for', async () => {
  const { executor, clock, drain, sleep } = virtual();
  let ended = 0;
  const results = await drain(
    executor.map(
      numbers(100),
      async (item, { signal }) => {
        try {
          if (item === 3) {
            await sleep(10);
            throw new Error('no');
          }
          await sleep(50_000, signal);
        } finally {
          await sleep(5);
          ended += 1;
        }
      },
      { laneConcurrency: 10, halt: { when: 'now', fail: 1 } },
    ),
  );
  expect(statuses(results)).toEqual({ failed: 1, aborted: 9, skipped: 90 });
  expect(ended).toBe(10);
  expect(clock.now()).toBe(20);
  for (const { status, error } of results) {
    if (status === 'failed') continue;
    expect(error).toBeInstanceOf(ExecutorError);
    expect(error).toMatchObject({ code: 'EXECUTOR_HALTED', cause: new Error('no') });
  }
});

test('a task that does its work although it was aborted is reported as done', async () => {
  const { executor, drain, sleep } = virtual();
  const results = await drain(
    executor.map(
      [1, 2],
      async (item) => {
        await sleep(item * 10);
        if (item === 1) throw new Error('no');
        return 'done';
      },
      { halt: { when: 'now', fail: 1 } },
    ),
  );
  expect(results.map(({ status }) => status)).toEqual(['failed', 'ok']);
});

test('a task that ignores its signal is waited for only so long', async () => {
  const { executor, clock, drain } = virtual();
  const results = await drain(
    executor.map([1, 2], (item) => (item === 1 ? Promise.reject(new Error('no')) : new Promise(() => undefined)), {
      halt: { when: 'now', fail: 1 },
    }),
  );
  expect(statuses(results)).toEqual({ failed: 1, aborted: 1 });
  expect(clock.now()).toBe(5000);
  expect(executor.inFlight).toBe(0);
});

const failuresUntilHalt = async (
  fail: number | `${number}%`,
  { total, size = 100 }: { total?: number; size?: number } = {},
): Promise<number> => {
  const { executor, drain } = virtual();
  const input = total === undefined ? numbers(size).values() : numbers(size);
  const results = await drain(
    executor.map(input, () => Promise.reject(new Error('no')), { laneConcurrency: 1, halt: { fail } }),
  );
  return statuses(results)['failed'] ?? 0;
};

describe('how many failures', () => {
  test('a number of them', async () => {
    expect(await failuresUntilHalt(4)).toBe(4);
  });

  test('a share of all, where their number is known', async () => {
    expect(await failuresUntilHalt('10%', { total: 100 })).toBe(10);
    expect(await failuresUntilHalt('10%', { total: 45, size: 45 })).toBe(5);
  });

  test('a share of those done, from the third failure on, where it is not', async () => {
    expect(await failuresUntilHalt('10%')).toBe(3);
  });

  test('a share of the wave, where there are waves', async () => {
    const { executor, drain } = virtual();
    const results = await drain(
      executor.map(numbers(100), () => Promise.reject(new Error('no')), { halt: { fail: '10%' }, waves: [1, '100%'] }),
    );
    expect(statuses(results)).toEqual({ failed: 1, skipped: 99 });
  });

  test('a time-out counts as one', async () => {
    const { executor, drain, sleep } = virtual();
    const results = await drain(
      executor.map(numbers(10), (_item, { signal }) => sleep(1000, signal), {
        laneConcurrency: 1,
        timeouts: { runMs: 100 },
        halt: { fail: 2 },
      }),
    );
    expect(statuses(results)).toEqual({ timeout: 2, skipped: 8 });
  });

  test('failures of one wave do not count in the next', async () => {
    const { executor, drain } = virtual();
    const results = await drain(
      executor.map(numbers(100), (item) => (item % 20 === 0 ? Promise.reject(new Error('no')) : item), {
        halt: { fail: '10%' },
        waves: ['20%'],
      }),
    );
    expect(statuses(results)).toEqual({ ok: 95, failed: 5 });
  });
});

test('a critical error halts at once', async () => {
  const { executor, drain } = virtual();
  const results = await drain(
    executor.map(numbers(20), (item) => Promise.reject(new Error(item === 4 ? 'signed out' : 'no')), {
      laneConcurrency: 1,
      halt: { critical: (error) => (error as Error).message === 'signed out' },
    }),
  );
  expect(statuses(results)).toEqual({ failed: 5, skipped: 15 });
});

test('what was not in memory is not pulled any further, and closed', async () => {
  const { executor, drain } = virtual();
  const input = new Endless();
  const results = await drain(
    executor.map(input, () => Promise.reject(new Error('no')), { laneConcurrency: 3, halt: { fail: 1 } }),
  );
  expect(results.length).toBe(input.pulled);
  expect(input.pulled).toBeLessThanOrEqual(4);
  expect(input.isClosed).toBe(true);
});

test('soon: what fails while it ends is not repeated', async () => {
  const { executor, clock, drain, sleep } = virtual();
  const results = await drain(
    executor.map(
      numbers(10),
      async (item, context) => {
        await sleep(item === 3 ? 10 : 20);
        if (item === 5) context.throttled({ retryAfterMs: 60_000 });
        throw new Error(item === 3 ? 'critical' : 'busy');
      },
      {
        retry: { retries: 5, baseMs: 60_000, when: (error) => (error as Error).message === 'busy' },
        halt: { fail: 1 },
      },
    ),
  );
  expect(results.map(({ status, attempts }) => `${status} ${attempts}`)).toEqual(numbers(10).map(() => 'failed 1'));
  expect(clock.now()).toBe(20);
});

test('a task that waits to be repeated stays failed', async () => {
  const { executor, drain, sleep } = virtual();
  const results = await drain(
    executor.map(
      [1, 2],
      async (item) => {
        await sleep(item);
        throw new Error(item === 2 ? 'critical' : 'busy');
      },
      {
        retry: { retries: 5, baseMs: 60_000, when: (error) => (error as Error).message === 'busy' },
        halt: { critical: (error) => (error as Error).message === 'critical' },
      },
    ),
  );
  expect(results.map(({ status, attempts }) => [status, attempts])).toEqual([
    ['failed', 1],
    ['failed', 1],
  ]);
});
