import { describe, expect, test } from 'vitest';
import { Endless, collect, numbers, statuses, virtual } from './support.ts';

describe('an AbortSignal', () => {
  test('aborts what runs and skips the rest, with its reason', async () => {
    const { executor, clock, drain, sleep } = virtual();
    const controller = new AbortController();
    clock.setTimeout(() => controller.abort(new Error('enough')), 100);
    const results = await drain(
      executor.map(numbers(20), (item, { signal }) => sleep(item < 4 ? 10 : 1000, signal), {
        laneConcurrency: 5,
        signal: controller.signal,
      }),
    );
    expect(statuses(results)).toEqual({ ok: 4, aborted: 5, skipped: 11 });
    expect(new Set(results.map(({ status, error }) => (status === 'ok' ? 'none' : error)))).toEqual(
      new Set(['none', new Error('enough')]),
    );
    expect(clock.now()).toBe(100);
  });

  test('that was aborted before skips everything', async () => {
    const { executor, drain } = virtual();
    let calls = 0;
    const results = await drain(
      executor.map(numbers(5), () => (calls += 1), { signal: AbortSignal.abort('no'), order: 'input' }),
    );
    expect(results.map(({ status, index, error }) => [status, index, error])).toEqual(
      numbers(5).map((index) => ['skipped', index, 'no']),
    );
    expect(calls).toBe(0);
  });

  test('ends a map whose input hangs', async () => {
    const { executor, clock, drain } = virtual();
    const controller = new AbortController();
    clock.setTimeout(() => controller.abort(new Error('enough')), 100);
    const hanging: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
    };
    expect(await drain(executor.map(hanging, () => 1, { signal: controller.signal }))).toEqual([]);
  });
});

test('a deadline for the whole aborts what runs and skips the rest', async () => {
  const { executor, clock, drain, sleep } = virtual();
  const results = await drain(
    executor.map(numbers(10), (_item, { signal }) => sleep(400, signal), { laneConcurrency: 2, deadlineMs: 1000 }),
  );
  expect(statuses(results)).toEqual({ ok: 4, aborted: 2, skipped: 4 });
  expect(results.at(-1)?.error).toMatchObject({ code: 'EXECUTOR_DEADLINE' });
  expect(clock.now()).toBe(1000);
});

describe('to leave the loop', () => {
  test('aborts what runs, waits for it, and closes the input', async () => {
    const { executor, clock, sleep } = virtual();
    const input = new Endless();
    let running = 0;
    const task = async (item: number, { signal }: { signal: AbortSignal }): Promise<void> => {
      running += 1;
      try {
        await sleep(item === 0 ? 10 : 10_000, signal);
      } finally {
        await sleep(20);
        running -= 1;
      }
    };
    const loop = async (): Promise<number> => {
      for await (const result of executor.map(input, task, { laneConcurrency: 8 })) return result.index;
      return -1;
    };
    expect(await clock.runUntil(loop())).toBe(0);
    expect(running).toBe(0);
    expect(input.isClosed).toBe(true);
    expect(input.pulled).toBeLessThanOrEqual(10);
    expect(clock.now()).toBeLessThan(100);
    expect(executor.inFlight + executor.queued).toBe(0);
  });

  test('before the first result starts nothing', async () => {
    const { executor, clock } = virtual();
    const results = executor.map(numbers(3), () => 1);
    await clock.runUntil(Promise.resolve(results[Symbol.asyncDispose]()));
    expect(await clock.runUntil(collect(results))).toEqual([]);
    await clock.runUntil(results.return());
  });

  test('while an item is being made does not wait for it', async () => {
    const { executor, clock, sleep } = virtual();
    let closed = 0;
    const input: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => {
        let made = 0;
        return {
          next: async () => (made++ === 0 ? { done: false, value: 1 } : new Promise<never>(() => undefined)),
          return: async () => {
            closed += 1;
            return { done: true, value: undefined };
          },
        };
      },
    };
    const results = executor.map(input, () => sleep(5));
    await clock.runUntil(results.next());
    await clock.runUntil(results.return());
    expect(closed).toBe(1);
  });
});

describe('an input that throws', () => {
  const inputs = {
    sync: function* () {
      yield 1;
      yield 2;
      throw new Error('page 2 cannot be read');
    },
    async: async function* () {
      yield 1;
      yield 2;
      throw new Error('page 2 cannot be read');
    },
  };

  test.each(['sync', 'async'] as const)('(%s): what was pulled is finished, then the error is thrown', async (kind) => {
    const { executor, clock, sleep } = virtual();
    const results = executor.map<number, number>(inputs[kind](), async (item) => {
      await sleep(100);
      return item;
    });
    const first = await clock.runUntil(results.next());
    const second = await clock.runUntil(results.next());
    expect([first.value?.value, second.value?.value]).toEqual([1, 2]);
    await expect(clock.runUntil(results.next())).rejects.toThrow('page 2 cannot be read');
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  test('when it is closed: the error is thrown after the results', async () => {
    const { executor, clock } = virtual();
    const input: Iterable<number> = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: 1 }),
        return: () => {
          throw new Error('cannot close');
        },
      }),
    };
    const drained = clock.runUntil(
      collect(executor.map(input, () => Promise.reject(new Error('no')), { halt: { fail: 1 }, laneConcurrency: 1 })),
    );
    await expect(drained).rejects.toThrow('cannot close');
  });
});
