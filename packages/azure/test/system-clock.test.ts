import { expect, it } from 'vitest';

import { systemClock, wait } from '../src/clock.ts';

it('is the time of the machine, and waits as long as it is told to', async () => {
  const before = Date.now();
  await wait(systemClock, 1);
  expect(systemClock.now()).toBeGreaterThanOrEqual(before);
});

it('stops waiting when the signal aborts, or has done so', async () => {
  const controller = new AbortController();
  const waiting = wait(systemClock, 3_600_000, controller.signal);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(wait(systemClock, 3_600_000, controller.signal)).rejects.toThrow('enough');
});
