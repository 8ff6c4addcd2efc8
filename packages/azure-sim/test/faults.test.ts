import { expect, test } from 'vitest';
import { AzureSimError, type AzureSim, type Fault } from '../src/index.ts';
import { ask, pathsOf, tokenOf } from './support/http.ts';
import { ManualClock } from './support/manual-clock.ts';
import { collect, sdkOf } from './support/sdk.ts';
import { start } from './support/simulators.ts';

/** The statuses of so many listings, or the code of the error where there was no answer. */
async function outcomes(sim: AzureSim, count: number, path = pathsOf(sim).vms): Promise<(number | string)[]> {
  const token = await tokenOf(sim);
  const seen: (number | string)[] = [];
  for (let index = 0; index < count; index += 1) {
    const outcome = ask(sim, path, { token }).then(
      ({ status }) => status,
      (error: NodeJS.ErrnoException) => error.code ?? error.message,
    );
    seen.push(await outcome);
  }
  return seen;
}

test.each([400, 401, 403, 404, 409, 418, 429, 500, 502, 503, 504])(
  'status %i has an ARM error body',
  async (status) => {
    const sim = await start({ machines: 1 });
    sim.inject({ status, retryAfterSeconds: 7 });
    const answer = await ask(sim, pathsOf(sim).vms);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    expect(answer.headers['retry-after']).toBe('7');
    expect(answer.headers['www-authenticate'] !== undefined).toBe(status === 401);
  },
);

test('nth counts the requests that match', async () => {
  const sim = await start({ machines: 1 });
  sim.inject({ status: 503, kind: 'vm-list', nth: [2, 4] });
  expect(await outcomes(sim, 5)).toEqual([200, 503, 200, 503, 200]);
});

test('times is how often it happens at most, and removing it ends it', async () => {
  const sim = await start({ machines: 1 });
  sim.inject({ status: 500, times: 2 });
  await expect(tokenOf(sim)).resolves.toBeUndefined();
  expect((await ask(sim, pathsOf(sim).vms)).status).toBe(500);
  expect(await outcomes(sim, 2)).toEqual([200, 200]);
  const remove = sim.inject({ status: 502 });
  expect((await ask(sim, pathsOf(sim).vms)).status).toBe(502);
  remove();
  expect(await outcomes(sim, 1)).toEqual([200]);
});

test('a fault can be meant for a kind, a path or a subscription', async () => {
  const sim = await start({ machines: 1, subscriptions: 2 });
  const [first, second] = sim.subscriptions.map(({ id }) => pathsOf(sim, id));
  const cases: [Fault, number[]][] = [
    [{ status: 503, kind: 'vm-status' }, [200, 503, 200, 200]],
    [{ status: 503, path: /networkInterfaces/ }, [200, 200, 503, 200]],
    [{ status: 503, path: /statusOnly=true/g }, [200, 503, 200, 200]],
    [{ status: 503, subscriptionId: sim.subscriptions[1]?.id.toUpperCase() ?? '' }, [200, 200, 200, 503]],
  ];
  const token = await tokenOf(sim);
  for (const [fault, expected] of cases) {
    const remove = sim.inject(fault);
    const targets = [first?.vms, first?.vmStatus, first?.nics, second?.vms];
    const answers = await Promise.all(targets.map((target = '') => ask(sim, target, { token })));
    expect(answers.map(({ status }) => status)).toEqual(expected);
    remove();
  }
});

test('of several faults the first happens, and the others go on counting', async () => {
  const sim = await start({ machines: 1 });
  sim.inject({ status: 500, kind: 'vm-list', nth: 1 });
  sim.inject({ status: 503, kind: 'vm-list', nth: [1, 2] });
  expect(await outcomes(sim, 3)).toEqual([500, 503, 200]);
});

test('a dropped connection has no answer', async () => {
  const sim = await start({ machines: 1 });
  sim.inject({ drop: true, kind: 'vm-list', nth: 1 });
  expect(await outcomes(sim, 2)).toEqual(['ECONNRESET', 200]);
  expect(sim.stats().byStatus).toEqual({ 200: 2, dropped: 1 });
});

test('a truncated answer breaks off in its body', async () => {
  const sim = await start({ machines: 5 });
  sim.inject({ truncate: true, kind: 'vm-list', nth: 1 });
  expect(await outcomes(sim, 2)).toEqual(['ECONNRESET', 200]);
  expect(sim.stats().byStatus).toEqual({ 200: 2, truncated: 1 });
});

test('a hanging request ends when the client goes away', async () => {
  const sim = await start({ machines: 1, clock: new ManualClock() });
  sim.inject({ hang: true, kind: 'nic-list' });
  const token = await tokenOf(sim);
  const controller = new AbortController();
  const hanging = ask(sim, pathsOf(sim).nics, { token, signal: controller.signal });
  hanging.catch(() => {});
  expect((await ask(sim, pathsOf(sim).vms, { token })).status).toBe(200);
  controller.abort();
  await expect(hanging).rejects.toThrow(/abort/);
  await expect.poll(() => sim.stats().byStatus).toMatchObject({ hung: 1 });
});

test('a hanging request ends when the simulator closes', async () => {
  const sim = await start({ machines: 1 });
  sim.inject({ hang: true, kind: 'nic-list' });
  const token = await tokenOf(sim);
  const hanging = ask(sim, pathsOf(sim).nics, { token }).catch(String);
  await expect.poll(() => sim.stats().byKind['nic-list']).toBe(1);
  await sim.close();
  expect(await hanging).toMatch(/hang up|ECONNRESET/);
});

test('a delay is the clock’s, and comes on top of the latency', async () => {
  const clock = new ManualClock();
  const sim = await start({ machines: 1, clock, latencyMs: 100 });
  sim.inject({ delayMs: 5_000, kind: 'metadata' });
  const answer = ask(sim, '/metadata/endpoints?api-version=2022-09-01');
  await clock.untilTimers(1);
  expect(clock.pending).toEqual([5_100]);
  clock.advance(5_100);
  expect((await answer).status).toBe(200);
});

test('the SDK gets over 503 and dropped connections, but not over an answer that breaks off', async () => {
  const sim = await start({ machines: 30, pageSize: 10 });
  const { compute } = sdkOf(sim);
  sim.inject({ status: 503, kind: 'vm-list', nth: 1 });
  sim.inject({ drop: true, kind: 'vm-list', nth: 3 });
  expect(await collect(compute.virtualMachines.listAll())).toHaveLength(30);
  expect(sim.stats()).toMatchObject({ byStatus: { 503: 1, dropped: 1 }, byKind: { 'vm-list': 5 } });
  sim.inject({ truncate: true, kind: 'vm-list', nth: 1 });
  await expect(collect(compute.virtualMachines.listAll())).rejects.toThrow(/aborted/);
});

test('faults befall token requests, too', async () => {
  const sim = await start({ machines: 1 });
  sim.inject({ status: 500, kind: 'token', nth: 1 });
  const endpoint = `${sim.env['IDENTITY_ENDPOINT']}?resource=x`;
  expect((await ask(sim, endpoint)).status).toBe(500);
  expect((await ask(sim, endpoint)).status).toBe(401);
});

test('a fault that does nothing, or has no such status, is refused', async () => {
  const sim = await start({ machines: 1 });
  expect(() => sim.inject({ kind: 'vm-list' })).toThrow(AzureSimError);
  expect(() => sim.inject({ status: 200 })).toThrow(/400 to 599, not 200/);
});
