import { expect, test } from 'vitest';
import { ask, pathsOf, tokenOf } from './support/http.ts';
import { ManualClock } from './support/manual-clock.ts';
import { start } from './support/simulators.ts';

const metadata = '/metadata/endpoints?api-version=2022-09-01';

test('every answer is held back for the latency, the token’s included', async () => {
  const clock = new ManualClock();
  const sim = await start({ machines: 1, clock, latencyMs: 250 });
  const token = tokenOf(sim);
  await clock.untilTimers(1);
  expect(clock.pending).toEqual([250]);
  clock.advance(249);
  expect(clock.timers).toBe(1);
  clock.advance(1);
  const list = ask(sim, pathsOf(sim).vms, { token: await token });
  await clock.untilTimers(1);
  clock.advance(250);
  expect((await list).status).toBe(200);
});

test('without a clock of its own it goes by the real one', async () => {
  const sim = await start({ machines: 1, latencyMs: 5 });
  const before = performance.now();
  expect((await ask(sim, metadata)).status).toBe(200);
  // Timers may be a millisecond early; nothing here depends on how late they are.
  expect(performance.now() - before).toBeGreaterThan(3);
});

test('requests wait side by side', async () => {
  const clock = new ManualClock();
  const sim = await start({ machines: 1, clock, latencyMs: 100 });
  const answers = Promise.all([1, 2, 3, 4].map(() => ask(sim, metadata)));
  await clock.untilTimers(4);
  clock.advance(100);
  expect((await answers).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(sim.stats().maxInFlight).toBe(4);
});

test('an answer tells the state at the time of the question', async () => {
  const clock = new ManualClock();
  const sim = await start({ machines: 1, clock });
  const token = await tokenOf(sim);
  sim.inject({ delayMs: 100, kind: 'vm-list', nth: 1 });
  const slow = ask(sim, pathsOf(sim).vms, { token });
  await clock.untilTimers(1);
  sim.fleet.add();
  clock.advance(100);
  expect((await slow).body.value).toHaveLength(1);
  expect((await ask(sim, pathsOf(sim).vms, { token })).body.value).toHaveLength(2);
});

/** The delays of ten answers. */
async function drawn(seed: number): Promise<number[]> {
  const clock = new ManualClock();
  const sim = await start({ machines: 1, clock, seed, latencyMs: 100, jitterMs: 50 });
  const delays: number[] = [];
  for (let index = 0; index < 10; index += 1) {
    const answer = ask(sim, metadata);
    await clock.untilTimers(1);
    delays.push(...clock.pending);
    clock.advance(150);
    await answer;
  }
  return delays;
}

test('jitter stays in its bounds and is drawn from the seed', async () => {
  const first = await drawn(1);
  expect(await drawn(1)).toEqual(first);
  expect(await drawn(2)).not.toEqual(first);
  expect(new Set(first).size).toBe(10);
  expect(first.every((delay) => delay >= 100 && delay < 150)).toBe(true);
});

test('a client that goes away does not keep a timer', async () => {
  const clock = new ManualClock();
  const sim = await start({ machines: 1, clock, latencyMs: 100 });
  const controller = new AbortController();
  const answer = ask(sim, metadata, { signal: controller.signal }).catch(String);
  await clock.untilTimers(1);
  controller.abort();
  expect(await answer).toMatch(/abort/);
  await expect.poll(() => sim.stats().byStatus).toEqual({ aborted: 1 });
  expect(clock.timers).toBe(0);
});
