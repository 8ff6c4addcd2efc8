import { expect, test } from 'vitest';
import { Executor } from '../src/index.ts';
import { numbers, virtual } from './support.ts';

test('a wave starts when every task of the one before is done; the last size is repeated', async () => {
  const { executor, clock, drain, sleep } = virtual();
  const startedAt: number[] = [];
  await drain(
    executor.map(
      numbers(25),
      async (item) => {
        startedAt[item] = clock.now();
        await sleep(item % 2 === 0 ? 100 : 10);
      },
      { waves: [1, '20%', 8] },
    ),
  );
  const waves = [...new Set(startedAt)].map((at) => [at, startedAt.filter((other) => other === at).length]);
  expect(waves).toEqual([
    [0, 1],
    [100, 5],
    [200, 8],
    [300, 8],
    [400, 3],
  ]);
});

test('a retry belongs to its wave', async () => {
  const { executor, clock, drain } = virtual({ random: () => 0.5 });
  const startedAt: number[] = [];
  await drain(
    executor.map(
      numbers(3),
      (item, { attempt }) => {
        startedAt[item] = clock.now();
        if (item === 0 && attempt === 1) throw new Error('busy');
      },
      { waves: [1, '100%'], retry: { retries: 1, baseMs: 1000 } },
    ),
  );
  expect(startedAt).toEqual([500, 500, 500]);
});

test('an input that ends in the middle of a wave', async () => {
  const { executor, drain } = virtual();
  expect(await drain(executor.map(numbers(3).values(), (item) => item, { waves: [2] }))).toHaveLength(3);
});

test('a share needs to know of what', () => {
  const executor = new Executor();
  const input = numbers(3).values();
  expect(() => executor.map(input, () => 1, { waves: [1, '50%'] })).toThrow(
    /Expected `total`.*`waves\[1\]` is a share/,
  );
  expect(() => executor.map(input, () => 1, { waves: [1, '50%'], total: 3 })).not.toThrow();
});
