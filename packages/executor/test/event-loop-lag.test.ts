import { expect, test } from 'vitest';
import { Executor } from '../src/index.ts';
import { collect, numbers, virtual } from './support.ts';

test('a late event loop lowers the width; when it is in time again, the width comes back', async () => {
  const { executor, clock, sleep } = virtual({
    maxConcurrency: 100,
    state: { version: 1, lanes: { default: { width: 100 } } },
  });
  const reading = collect(executor.map(numbers(5000), () => sleep(50)));
  await clock.advance(60);
  expect(executor.inFlight).toBe(100);
  for (let turn = 0; turn < 10; turn += 1) {
    clock.block(300);
    await clock.advance(100);
  }
  const lowered = executor.width;
  expect(lowered).toBeLessThan(30);
  expect(executor.inFlight).toBeLessThanOrEqual(lowered + 1);
  await clock.advance(2000);
  expect(executor.width).toBe(100);
  await clock.runUntil(reading);
  expect(clock.timers).toBe(0);
});

test('a busy process does not widen a lane', async () => {
  let utilization = 1;
  const { executor, clock, sleep } = virtual({ utilization: () => utilization });
  const reading = collect(executor.map(numbers(2000), () => sleep(100)));
  await clock.advance(150);
  expect(executor.width).toBe(64);
  utilization = 0.3;
  await clock.advance(100);
  expect(executor.width).toBe(256);
  await clock.runUntil(reading);
});

test('by default it is the utilization of the real event loop that counts', async () => {
  const executor = new Executor();
  // Every answer costs 8 ms of this process: sixteen at once are as good as any number.
  const results = await collect(
    executor.map(numbers(150), async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      burn(8);
    }),
  );
  expect(results).toHaveLength(150);
  expect(executor.width).toBeLessThanOrEqual(128);
});

function burn(ms: number): void {
  for (const until = performance.now() + ms; performance.now() < until;);
}
