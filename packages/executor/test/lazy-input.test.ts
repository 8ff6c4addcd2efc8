import { expect, test } from 'vitest';
import { Endless, collect, numbers, virtual } from './support.ts';

test('nothing is pulled and nothing starts before the first result is asked for', async () => {
  const { executor, clock } = virtual();
  const input = new Endless();
  executor.map(input, () => undefined);
  await clock.advance(1000);
  expect(input.pulled).toBe(0);
});

test('no more is pulled than is started, and one', async () => {
  const { executor, clock, sleep } = virtual();
  const input = new Endless();
  let started = 0;
  const results = executor.map(
    input,
    async () => {
      started += 1;
      await sleep(10);
    },
    { laneConcurrency: 5 },
  );
  for (let read = 1; read <= 100; read += 1) {
    await clock.runUntil(results.next());
    expect(started).toBeLessThanOrEqual(read + 5 + 256);
    expect(input.pulled).toBeLessThanOrEqual(started + 1);
  }
  await clock.runUntil(results.return());
});

test('a reader that stops reading stops the pulling, when the buffer is full', async () => {
  const { executor, clock, sleep } = virtual();
  const input = new Endless();
  const results = executor.map(input, () => sleep(10), { laneConcurrency: 4, maxBuffered: 10 });
  await clock.runUntil(results.next());
  await clock.advance(10_000);
  // One was read, ten fill the buffer, four may have been under way when it was full, and one was pulled in advance.
  expect(input.pulled).toBeLessThanOrEqual(1 + 10 + 4 + 1);
  const before = input.pulled;
  for (let read = 0; read < 6; read += 1) await clock.runUntil(results.next());
  await clock.advance(10_000);
  expect(input.pulled).toBeGreaterThan(before);
  expect(input.pulled).toBeLessThanOrEqual(before + 6);
  await clock.runUntil(results.return());
});

test('async inputs are pulled one at a time', async () => {
  const { executor, clock, sleep } = virtual();
  let pulling = 0;
  let most = 0;
  const input: AsyncIterable<number> = {
    async *[Symbol.asyncIterator]() {
      for (const item of numbers(50)) {
        pulling += 1;
        most = Math.max(most, pulling);
        await sleep(3);
        pulling -= 1;
        yield item;
      }
    },
  };
  const results = await clock.runUntil(collect(executor.map(input, () => sleep(20))));
  expect(results.length).toBe(50);
  expect(most).toBe(1);
});

test('an empty input ends at once', async () => {
  const { executor, drain } = virtual();
  expect(await drain(executor.map([], () => 1))).toEqual([]);
  expect(await drain(executor.map((async function* () {})(), () => 1))).toEqual([]);
});

test('items of a full or paused lane do not keep those of others waiting', async () => {
  const { executor, clock, drain, sleep } = virtual();
  const items = [...numbers(100).map(() => 'slow'), ...numbers(100).map(() => 'fast')];
  const results = await drain(
    executor.map(
      items,
      async (item) => {
        await sleep(item === 'slow' ? 1000 : 10);
        return clock.now();
      },
      { lane: (item) => item, laneConcurrency: 2 },
    ),
  );
  const fast = results.filter(({ item }) => item === 'fast').map(({ value }) => value as number);
  expect(Math.max(...fast)).toBe(500);
});
