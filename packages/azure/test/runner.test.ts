import { describe, expect, it } from 'vitest';

import { createCallRunner, type CallContext } from '../src/index.ts';
import { TestClock } from './clock.ts';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

function refuseTimes(times: number, retryAfterMs?: number): (context: CallContext) => Promise<number> {
  return async (context) => {
    const { attempt } = context;
    if (attempt > times) return attempt;
    context.throttled(retryAfterMs === undefined ? {} : { retryAfterMs });
    throw new Error(`refused ${attempt}`);
  };
}

describe('the default runner', () => {
  it('waits as long as Azure asks, and calls again', async () => {
    const clock = new TestClock();
    const result = createCallRunner({ clock }).run('lane', refuseTimes(1, 7000));
    await settle();
    clock.advance(6999);
    await settle();
    expect(clock.pending).toBe(1);
    clock.advance(1);
    expect(await result).toBe(2);
  });

  it('doubles the wait when Azure does not say how long', async () => {
    const clock = new TestClock();
    clock.skipWaitsBelowMs = 60_000;
    expect(await createCallRunner({ clock }).run('lane', refuseTimes(3))).toBe(4);
    expect(clock.skipped).toEqual([1000, 2000, 4000]);
  });

  it('pauses the whole lane, and no other', async () => {
    const clock = new TestClock();
    const runner = createCallRunner({ clock });
    const refused = runner.run('a', refuseTimes(1, 5000));
    await settle();
    let ran = false;
    const sameLane = runner.run('a', async () => (ran = true));
    await settle();
    expect(ran).toBe(false);
    expect(await runner.run('b', async () => 'other lane')).toBe('other lane');
    clock.advance(5000);
    expect(await refused).toBe(2);
    expect(await sameLane).toBe(true);
  });

  it('gives up after so many attempts, and at once when the wait is too long', async () => {
    const clock = new TestClock();
    clock.skipWaitsBelowMs = 60_000;
    await expect(createCallRunner({ clock, maxAttempts: 3 }).run('lane', refuseTimes(9))).rejects.toThrow('refused 3');
    await expect(createCallRunner({ clock }).run('lane', refuseTimes(1, 121_000))).rejects.toThrow('refused 1');
  });

  it('does not repeat a call that failed otherwise', async () => {
    const clock = new TestClock();
    let calls = 0;
    const call = async (): Promise<never> => {
      calls += 1;
      throw new Error('broken');
    };
    await expect(createCallRunner({ clock }).run('lane', call)).rejects.toThrow('broken');
    expect(calls).toBe(1);
  });

  it('keeps at most `width` calls of a lane in flight', async () => {
    let inFlight = 0;
    let most = 0;
    const runner = createCallRunner({ width: 3 });
    const call = async (): Promise<void> => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await settle();
      inFlight -= 1;
    };
    await Promise.all(Array.from({ length: 10 }, () => runner.run('lane', call)));
    expect(most).toBe(3);
    expect(inFlight).toBe(0);
  });

  it('stops waiting when the signal aborts', async () => {
    const clock = new TestClock();
    const controller = new AbortController();
    const result = createCallRunner({ clock }).run('lane', refuseTimes(1, 5000), { signal: controller.signal });
    await settle();
    controller.abort(new Error('enough'));
    await expect(result).rejects.toThrow('enough');
    expect(clock.pending).toBe(0);
    const late = createCallRunner({ clock }).run('lane', refuseTimes(0), { signal: controller.signal });
    await expect(late).rejects.toThrow('enough');
  });
});
