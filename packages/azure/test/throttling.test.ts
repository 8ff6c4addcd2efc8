import { describe, expect, it } from 'vitest';

import { startScene } from './scene.ts';

describe('a refusal with 429', () => {
  it('is waited out as long as Azure asks, and told', async () => {
    const { sim, clock, events, list } = await startScene({ machines: 5 });
    sim.inject({ kind: 'vm-status', status: 429, retryAfterSeconds: 7, times: 2 });
    const fleet = await list();
    expect(fleet.errors).toEqual([]);
    expect(fleet.vms[0]?.unknown).toEqual([]);
    expect(clock.skipped).toEqual([7000, 7000]);
    expect(fleet.azureCalls).toBe(6);
    expect(events).toContainEqual({
      type: 'throttled',
      subscriptionId: fleet.vms[0]?.subscriptionId,
      retryAfterMs: 7000,
    });
  });

  it('is final after five attempts, and is not repeated by the SDK besides', async () => {
    const { sim, list } = await startScene({ machines: 5 });
    sim.inject({ kind: 'nic-list', status: 429, retryAfterSeconds: 2 });
    const fleet = await list();
    expect(sim.stats().byKind['nic-list']).toBe(5);
    expect(fleet.vms).toHaveLength(5);
    expect(fleet.errors).toEqual([
      expect.objectContaining({
        kind: 'nic',
        category: 'throttled',
        status: 429,
        code: 'TooManyRequests',
        hint: 'Try again in 2 s.',
      }),
    ]);
  });

  it.each([
    [{ status: 429, retryAfterSeconds: 3600 }, 'Try again in 60 min.'],
    [{ status: 429, retryAfterSeconds: 121 }, 'Try again in 3 min.'],
    [{ status: 503, retryAfterSeconds: 86_400 }, 'Try again in 24 h.'],
    [{ status: 429 }, 'Wait a minute and try again.'],
  ])('that lasts too long says when to try again: %o', async (fault, hint) => {
    const { sim, list } = await startScene({ machines: 1 });
    sim.inject({ kind: 'nic-list', ...fault });
    expect((await list()).errors).toEqual([expect.objectContaining({ kind: 'nic', status: fault.status, hint })]);
  });

  it('is the business of the runner that is given', async () => {
    const { sim, list } = await startScene({ machines: 5 });
    sim.inject({ kind: 'vm-list', status: 429, retryAfterSeconds: 30, times: 1 });
    const lanes: string[] = [];
    const told: unknown[] = [];
    const left: number[] = [];
    const fleet = await list(
      {},
      {
        runner: {
          async run(lane, call) {
            lanes.push(lane);
            const context = {
              signal: new AbortController().signal,
              attempt: 1,
              throttled: (info: unknown) => void told.push(info),
              remaining: (n: number) => void left.push(n),
            };
            return call(context);
          },
        },
      },
    );
    expect(new Set(lanes)).toEqual(new Set([sim.subscriptions[0]?.id]));
    expect(told).toEqual([{ retryAfterMs: 30_000 }]);
    expect(left.length).toBeGreaterThanOrEqual(3);
    expect(left.every((n) => n > 0)).toBe(true);
    expect(fleet.errors).toEqual([expect.objectContaining({ kind: 'vm-list', category: 'throttled' })]);
    // Nothing is dropped: the status knows the machines by name.
    expect(fleet.vms).toHaveLength(5);
    expect(fleet.vms[0]).toMatchObject({ powerState: expect.not.stringMatching('unknown'), size: null });
  });

  it('comes from the bucket when there are many pages, and the listing is whole all the same', async () => {
    const { sim, list } = await startScene({
      machines: 60,
      pageSize: 5,
      throttle: { readBucket: 10, readRefillPerSecond: 1000 },
    });
    const fleet = await list();
    expect(fleet.errors).toEqual([]);
    expect(fleet.vms).toHaveLength(60);
    expect(sim.stats().byStatus['200']).toBeGreaterThan(48);
  });

  it('with 503 and Retry-After is the same', async () => {
    const { sim, clock, list } = await startScene({ machines: 5 });
    sim.inject({ kind: 'vm-list', status: 503, retryAfterSeconds: 3, times: 1 });
    expect((await list()).errors).toEqual([]);
    expect(clock.skipped).toEqual([3000]);
  });
});
