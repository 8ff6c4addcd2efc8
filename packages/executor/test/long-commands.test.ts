import { expect, test } from 'vitest';
import { numbers, virtual } from './support.ts';

/** The most tasks that ran at once, of 200 that connect in 10 ms and then run for a minute. */
async function mostAtOnce(established: boolean, laneConcurrency?: number): Promise<number> {
  const { executor, drain, sleep } = virtual({ maxConcurrency: 256 });
  let running = 0;
  let most = 0;
  await drain(
    executor.map(
      numbers(200),
      async (_item, context) => {
        most = Math.max(most, (running += 1));
        await sleep(10);
        if (established) context.established();
        await sleep(60_000);
        running -= 1;
      },
      laneConcurrency === undefined ? {} : { laneConcurrency },
    ),
  );
  return most;
}

test('the width is for those that connect: once they have, the next ones start', async () => {
  expect(await mostAtOnce(true)).toBe(200);
});

test('a bound of the caller is for all that are under way', async () => {
  expect(await mostAtOnce(true, 16)).toBe(16);
});

test('where nothing tells that they are connected, a cold lane starts with its first width', async () => {
  expect(await mostAtOnce(false)).toBeLessThan(200);
});
