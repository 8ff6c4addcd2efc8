import { expect, it } from 'vitest';

import { type Scene, startScene } from './scene.ts';

const HOUR = 3_600_000;
const TIMED_OUT = { code: 'TIMED_OUT', category: 'network', message: 'Azure did not answer within 30 s' };

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Two hours after a listing, with an interface list that is never answered. */
async function sceneThatHangs(): Promise<Scene> {
  const scene = await startScene({ machines: 3 });
  await scene.list();
  scene.clock.advance(2 * HOUR);
  scene.sim.resetStats();
  scene.sim.inject({ kind: 'nic-list', hang: true });
  return scene;
}

it('is 30 seconds in all: the request is not repeated, and the last answer stands in', async () => {
  const { sim, clock, list } = await sceneThatHangs();
  const startedAt = clock.now();
  const listing = list();
  // The three others are through: only the request that hangs is still timed.
  await until(() => sim.stats().byKind['nic-list'] === 1 && clock.pending === 1);
  clock.advance(30_000);
  const fleet = await listing;
  expect(clock.now() - startedAt).toBe(30_000);
  expect(clock.pending).toBe(0);
  expect(sim.stats().byKind['nic-list']).toBe(1);
  expect(fleet.errors).toEqual([expect.objectContaining({ kind: 'nic', ...TIMED_OUT })]);
  expect(fleet.parts.map(({ kind, stale }) => [kind, stale])).toContainEqual(['nic', true]);
  expect(fleet.vms.map((vm) => vm.unknown)).toEqual([[], [], []]);
});

it('is what the options say', async () => {
  const { sim, clock, list } = await sceneThatHangs();
  const listing = list({}, { requestTimeoutMs: 45_000 });
  await until(() => sim.stats().byKind['nic-list'] === 1 && clock.pending === 1);
  clock.advance(44_999);
  expect(clock.pending).toBe(1);
  clock.advance(1);
  expect((await listing).errors[0]?.message).toBe('Azure did not answer within 45 s');
});

it('includes the wait for a token', async () => {
  const { sim, clock, list } = await startScene({ machines: 3 });
  sim.inject({ kind: 'token', hang: true });
  const listing = list();
  await until(() => sim.stats().byKind.token === 1 && clock.pending === 4);
  clock.advance(30_000);
  expect((await listing).errors).toEqual([expect.objectContaining(TIMED_OUT)]);
  expect(sim.stats().arm).toBe(0);
});
