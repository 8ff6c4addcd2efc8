import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, test } from 'vitest';
import type { ExecutorEvent } from '../src/index.ts';
import { collect, numbers, virtual } from './support.ts';

test('tell of each start, retry and result, with progress and the time left', async () => {
  const { executor, drain, sleep } = virtual({ random: () => 0.5 });
  const events: ExecutorEvent<string>[] = [];
  await drain(
    executor.map(
      ['a', 'b'],
      async (item, { attempt }) => {
        await sleep(100);
        if (item === 'b' && attempt === 1) throw new Error('busy');
      },
      { laneConcurrency: 1, retry: { retries: 1 }, onEvent: (event) => events.push(event) },
    ),
  );
  expect(events.filter(({ type }) => type !== 'width')).toMatchObject([
    { type: 'start', item: 'a', index: 0, lane: 'default', attempt: 1 },
    {
      type: 'result',
      result: { item: 'a', status: 'ok', elapsedMs: 100 },
      progress: { done: 1, failed: 0, total: 2, elapsedMs: 100, etaMs: 100 },
    },
    { type: 'start', item: 'b', index: 1, attempt: 1 },
    { type: 'retry', item: 'b', index: 1, attempt: 1, delayMs: 50, error: new Error('busy') },
    { type: 'start', item: 'b', index: 1, attempt: 2 },
    { type: 'result', result: { item: 'b', status: 'ok', attempts: 2 }, progress: { done: 2, etaMs: 0 } },
  ]);
});

test('where the number of items is not known, there is no time left', async () => {
  const { executor, drain } = virtual();
  const progress: unknown[] = [];
  const onEvent = (event: ExecutorEvent): void => {
    if (event.type === 'result') progress.push([event.progress.total, event.progress.etaMs]);
  };
  await drain(executor.map([1].values(), () => 1, { onEvent }));
  await drain(executor.map([1].values(), () => 1, { onEvent, total: 1 }));
  expect(progress).toEqual([
    [undefined, undefined],
    [1, 0],
  ]);
});

test('tell of the width as it changes, and of an early end', async () => {
  const { executor, drain, sleep } = virtual();
  const widths: number[] = [];
  const ends: unknown[] = [];
  await drain(
    executor.map(
      numbers(500),
      async (item) => {
        await sleep(100 + item);
        if (item === 400) throw new Error('no');
      },
      {
        halt: { fail: 1 },
        onEvent: (event) => {
          if (event.type === 'width') widths.push(event.width);
          if (event.type === 'end') ends.push(event.reason);
        },
      },
    ),
  );
  expect(widths.slice(0, 2)).toEqual([128, 256]);
  expect(ends).toMatchObject([{ code: 'EXECUTOR_HALTED', cause: new Error('no') }]);
});

test('of one map are not told to another', async () => {
  const { executor, clock, sleep } = virtual();
  const events: ExecutorEvent<number>[] = [];
  const other = collect(executor.map([1, 2, 3], () => sleep(10)));
  const own = collect(executor.map([9], () => sleep(10), { onEvent: (event) => events.push(event) }));
  await clock.runUntil(Promise.all([other, own]));
  expect(events.map((event) => (event.type === 'start' ? event.item : event.type))).toEqual([9, 'result']);
});

test('are published on diagnostics_channel, for single calls too', async () => {
  const { executor, clock, drain, sleep } = virtual();
  const seen: string[] = [];
  const types = ['start', 'retry', 'result', 'throttle', 'width', 'end'].map((type) => `azfleet:executor:${type}`);
  const listener = (message: unknown, name: string | symbol): void => {
    seen.push(`${String(name).split(':')[2]} ${(message as { lane?: string }).lane ?? ''}`);
  };
  for (const type of types) subscribe(type, listener);
  try {
    await drain(executor.map([1], () => sleep(10), { lane: () => 'mapped' }));
    await clock.runUntil(
      executor.run('called', async (context) => {
        if (context.attempt > 1) return;
        context.throttled();
        throw new Error('429');
      }),
    );
  } finally {
    for (const type of types) unsubscribe(type, listener);
  }
  expect(seen).toEqual(['start mapped', 'result ', 'throttle called']);
});
