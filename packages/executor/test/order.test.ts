import { expect, test } from 'vitest';
import { numbers, virtual } from './support.ts';

const delays = [50, 10, 40, 5, 30];

test('results come as they are ready, by default', async () => {
  const { executor, drain, sleep } = virtual();
  const results = await drain(executor.map(delays, (ms) => sleep(ms)));
  expect(results.map(({ item }) => item)).toEqual([5, 10, 30, 40, 50]);
  expect(results.map(({ index }) => index)).toEqual([3, 1, 4, 2, 0]);
});

test('or in the order of the input, whatever became of each', async () => {
  const { executor, drain, sleep } = virtual();
  const results = await drain(
    executor.map(
      delays,
      async (ms) => {
        await sleep(ms);
        if (ms === 40) throw new Error('no');
        return -ms;
      },
      { order: 'input' },
    ),
  );
  expect(results.map(({ index }) => index)).toEqual(numbers(5));
  expect(results.map(({ value }) => value)).toEqual([-50, -10, undefined, -5, -30]);
});

test('in input order a full buffer does not keep back the very item that it waits for', async () => {
  const { executor, drain, sleep } = virtual();
  const results = await drain(
    executor.map(numbers(200), (item) => sleep(item % 50 === 0 ? 5000 : 1), {
      order: 'input',
      maxBuffered: 3,
      lane: (item) => String(item % 7),
      laneConcurrency: 1,
    }),
  );
  expect(results.map(({ index }) => index)).toEqual(numbers(200));
});

test('several reads at once each get one result', async () => {
  const { executor, clock, sleep } = virtual();
  const results = executor.map(numbers(3), (item) => sleep(10 + item));
  const steps = await clock.runUntil(Promise.all([results.next(), results.next(), results.next(), results.next()]));
  expect(steps.map((step) => step.done)).toEqual([false, false, false, true]);
  expect(steps.slice(0, 3).map((step) => step.value?.index)).toEqual([0, 1, 2]);
});
