import { describe, expect, it } from 'vitest';

import { listInProcess } from './lister-process.ts';
import { startScene } from './scene.ts';

const sockets = (): number =>
  process.getActiveResourcesInfo().filter((name) => /TCPSocketWrap|TLSWrap|Timeout/.test(name)).length;

describe('closing an inventory', () => {
  it('leaves no connection and no timer', async () => {
    const { inventory, subscription, sim } = await startScene({ machines: 10, subscriptions: 2 });
    const before = sockets();
    const one = inventory();
    await one.list({ subscriptions: sim.subscriptions.map(({ id }) => id) });
    await one.subscriptions();
    await one.close();
    await sim.close();
    // A destroyed socket is gone with the turn in which its close is handled.
    for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(sockets()).toBeLessThanOrEqual(before);
    await expect(one.list({ subscriptions: [subscription] })).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(one.subscriptions()).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('ends what is under way', async () => {
    const { sim, inventory, subscription } = await startScene({ machines: 1 });
    sim.inject({ hang: true, kind: 'nic-list' });
    const one = inventory({
      onEvent: (event) =>
        void (event.type === 'page' && event.kind === 'vm-list' && setImmediate(() => void one.close())),
    });
    await expect(one.list({ subscriptions: [subscription] })).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('ends a sign-in that is never answered, which would keep the process', async () => {
    const scene = await startScene({ machines: 1 });
    scene.sim.inject({ hang: true, kind: 'token' });
    const { errors, code } = await listInProcess(scene, { options: { requestTimeoutMs: 1000 } });
    expect(errors).toEqual([expect.objectContaining({ code: 'TIMED_OUT' })]);
    expect(code).toBe(0);
    expect(scene.sim.stats().byKind.token).toBe(1);
  });

  it('is what asynchronous disposal does', async () => {
    const { inventory, subscription } = await startScene({ machines: 1 });
    const one = inventory();
    await one[Symbol.asyncDispose]();
    await expect(one.list({ subscriptions: [subscription] })).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('reuses connections until then', async () => {
    const { inventory, subscription } = await startScene({ machines: 20, pageSize: 2 });
    const one = inventory();
    await one.list({ subscriptions: [subscription] });
    const open = sockets();
    await one.list({ subscriptions: [subscription], mode: 'refresh' });
    expect(sockets()).toBeLessThanOrEqual(open);
    await one.close();
  });
});

describe('a signal that aborts', () => {
  it('ends a listing with its reason, and the requests with it', async () => {
    const { sim, inventory, subscription } = await startScene({ machines: 300, pageSize: 10 });
    const controller = new AbortController();
    let pages = 0;
    const one = inventory({
      onEvent: ({ type }) => {
        if (type === 'page' && (pages += 1) === 10) controller.abort(new Error('enough'));
      },
    });
    await expect(one.list({ subscriptions: [subscription], signal: controller.signal })).rejects.toThrow('enough');
    expect(sim.stats().arm).toBeLessThan(20);
    await expect(one.list({ subscriptions: [subscription], signal: controller.signal })).rejects.toThrow('enough');
    await one.close();
  });

  it('ends the wait for a throttled lane', async () => {
    const { sim, clock, inventory, subscription } = await startScene({ machines: 3 });
    clock.skipWaitsBelowMs = 0;
    sim.inject({ status: 429, retryAfterSeconds: 30, kind: 'vm-list' });
    const controller = new AbortController();
    const one = inventory({
      onEvent: ({ type }) => void (type === 'throttled' && setImmediate(() => controller.abort(new Error('enough')))),
    });
    await expect(one.list({ subscriptions: [subscription], signal: controller.signal })).rejects.toThrow('enough');
    await one.close();
    for (let turn = 0; turn < 50 && clock.pending > 0; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(clock.pending).toBe(0);
  });
});
