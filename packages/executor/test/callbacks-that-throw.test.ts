import { expect, test } from 'vitest';
import type { MapOptions } from '../src/index.ts';
import { collect, numbers, virtual } from './support.ts';

const callbacks: Record<string, MapOptions<number>> = {
  lane: { lane: fail },
  onEvent: { onEvent: fail },
  'retry.when': { retry: { retries: 1, when: fail } },
  'halt.critical': { halt: { critical: fail } },
};

test.each(Object.entries(callbacks))(
  '%s: the map fails with that error, and nothing is left',
  async (_name, options) => {
    const { executor, clock, sleep } = virtual();
    const task = async (_item: number, { signal }: { signal: AbortSignal }): Promise<void> => {
      await sleep(10, signal);
      throw new Error('no');
    };
    await expect(clock.runUntil(collect(executor.map(numbers(100), task, options)))).rejects.toThrow(
      'a bug of the caller',
    );
    expect(executor.inFlight + executor.queued).toBe(0);
    expect(await clock.runUntil(collect(executor.map([1], () => 'still works')))).toMatchObject([{ status: 'ok' }]);
  },
);

test('retry.when of a single call', async () => {
  const { executor, clock } = virtual();
  const call = executor.run('lane', () => Promise.reject(new Error('no')), { retry: { retries: 1, when: fail } });
  await expect(clock.runUntil(call)).rejects.toThrow('a bug of the caller');
  expect(executor.inFlight).toBe(0);
});

function fail(): never {
  throw new Error('a bug of the caller');
}
