import { expect, test } from 'vitest';
import { collect, numbers, virtual } from './support.ts';

test('a bound on each lane, where the caller knows one', async () => {
  const { executor, drain, sleep } = virtual();
  const running: Record<string, number> = { a: 0, b: 0 };
  const most: Record<string, number> = { a: 0, b: 0 };
  await drain(
    executor.map(
      numbers(100),
      async (item) => {
        const lane = item % 2 === 0 ? 'a' : 'b';
        running[lane] = (running[lane] ?? 0) + 1;
        most[lane] = Math.max(most[lane] ?? 0, running[lane]);
        await sleep(10);
        running[lane] -= 1;
      },
      { lane: (item) => (item % 2 === 0 ? 'a' : 'b'), laneConcurrency: 3 },
    ),
  );
  expect(most).toEqual({ a: 3, b: 3 });
});

test('maxConcurrency bounds all lanes together, and every lane gets its turn', async () => {
  const { executor, clock, drain, sleep } = virtual({ maxConcurrency: 6 });
  let running = 0;
  let most = 0;
  const results = await drain(
    executor.map(
      numbers(300),
      async () => {
        most = Math.max(most, (running += 1));
        await sleep(10);
        running -= 1;
        return clock.now();
      },
      { lane: (item) => String(item % 10) },
    ),
  );
  expect(most).toBe(6);
  const lastOf = new Map(results.map(({ lane, value }) => [lane, value as number]));
  expect(Math.min(...lastOf.values())).toBeGreaterThan(400);
  expect(clock.now()).toBe(500);
});

test('several maps and calls share a lane', async () => {
  const { executor, clock, sleep } = virtual();
  let running = 0;
  let most = 0;
  const task = async (): Promise<void> => {
    most = Math.max(most, (running += 1));
    await sleep(10);
    running -= 1;
  };
  const options = { lane: () => 'shared', laneConcurrency: 4 };
  const maps = [executor.map(numbers(20), task, options), executor.map(numbers(20), task, options)].map((map) =>
    collect(map),
  );
  const calls = numbers(20).map(() => executor.run('shared', task));
  await clock.runUntil(Promise.all([...maps, ...calls]));
  expect(most).toBe(4);
  expect(clock.now()).toBe(150);
});

test('are described as they are', async () => {
  const { executor, clock, sleep } = virtual({ maxConcurrency: 100 });
  expect([executor.width, executor.inFlight, executor.queued, executor.ratePerSecond]).toEqual([0, 0, 0, 0]);
  const reading = collect(
    executor.map(numbers(50), () => sleep(10), { lane: (item) => `lane ${item % 2}`, laneConcurrency: 5 }),
  );
  await clock.advance(1);
  expect(executor.lanes()).toEqual(
    [0, 1].map((lane) => ({
      name: `lane ${lane}`,
      width: 5,
      inFlight: 5,
      queued: 20,
      ratePerSecond: Infinity,
      handshakes: undefined,
    })),
  );
  expect([executor.width, executor.inFlight, executor.queued, executor.ratePerSecond]).toEqual([10, 10, 40, Infinity]);
  await clock.runUntil(reading);
});

test('the rate of a lane whose server names its quota is read from that', async () => {
  const { executor, clock, drain, sleep } = virtual();
  let sent = 0;
  await drain(
    executor.map(
      numbers(300),
      async (_item, context) => {
        sent += 1;
        const remaining = 100 + Math.floor(clock.now() / 50) - sent;
        await sleep(40);
        context.remaining(remaining);
      },
      { laneConcurrency: 10 },
    ),
  );
  expect(executor.ratePerSecond).toBeGreaterThan(17);
  expect(executor.ratePerSecond).toBeLessThan(23);
});
