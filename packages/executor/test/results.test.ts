import { expect, test } from 'vitest';
import { numbers, statuses, virtual } from './support.ts';

test('nothing throws for an item: each has its result', async () => {
  const { executor, drain, sleep } = virtual();
  const broken = new Error('broken');
  const results = await drain(
    executor.map(
      ['a', 'b', 'c'],
      (item) => {
        if (item === 'a') throw broken;
        if (item === 'b') return sleep(30).then(() => 'later');
        return 'at once';
      },
      { order: 'input' },
    ),
  );
  expect(results).toEqual([
    { status: 'failed', item: 'a', index: 0, lane: 'default', attempts: 1, elapsedMs: 0, error: broken },
    { status: 'ok', item: 'b', index: 1, lane: 'default', attempts: 1, elapsedMs: 30, value: 'later' },
    { status: 'ok', item: 'c', index: 2, lane: 'default', attempts: 1, elapsedMs: 0, value: 'at once' },
  ]);
});

test('any iterable will do', async () => {
  const { executor, drain } = virtual();
  const inputs = [
    new Set([1, 2]),
    new Map([[1, 2]]),
    'ab',
    (function* () {
      yield 1;
    })(),
  ];
  for (const input of inputs) {
    const results = await drain(executor.map(input as Iterable<unknown>, (item) => item));
    expect(results.map(({ value }) => value)).toEqual(results.map(({ item }) => item));
    expect(results.length).toBeGreaterThan(0);
  }
});

test('a thousand tasks that end in every way are all accounted for', async () => {
  const { executor, drain, sleep } = virtual();
  const results = await drain(
    executor.map(
      numbers(1000),
      async (item, context) => {
        await sleep(item % 97, context.signal);
        if (item % 5 === 0) throw new Error('no');
        if (item % 7 === 0) await sleep(60_000, context.signal);
      },
      { timeouts: { runMs: 1000 } },
    ),
  );
  expect(new Set(results.map(({ index }) => index)).size).toBe(1000);
  expect(statuses(results)).toEqual({ ok: 686, failed: 200, timeout: 114 });
  expect(executor.inFlight).toBe(0);
  expect(executor.queued).toBe(0);
});
