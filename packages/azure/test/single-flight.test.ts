import { expect, it } from 'vitest';

import { startLister } from './lister-process.ts';
import { startScene } from './scene.ts';

it('makes four calls in all for ten processes that miss at once', async () => {
  const scene = await startScene({ machines: 20, latencyMs: 200 });
  const listers = Array.from({ length: 10 }, () => startLister(scene));
  await Promise.all(listers.map(({ ready }) => ready));
  const outcomes = await Promise.all(listers.map((lister) => lister.list()));
  for (const outcome of outcomes) expect(outcome).toMatchObject({ vms: 20, errors: [], code: 0 });
  const { arm, byKind } = scene.sim.stats();
  expect(byKind).toMatchObject({ 'vm-list': 1, 'vm-status': 1, 'nic-list': 1, 'public-ip-list': 1 });
  expect(arm).toBe(4);
  expect(outcomes.reduce((sum, { azureCalls }) => sum + azureCalls, 0)).toBe(4);
  const sources = outcomes.flatMap((outcome) => outcome.sources);
  expect(sources.filter((source) => source === 'azure')).toHaveLength(4);
});

it('shares calls within a process', async () => {
  const { sim, inventory, subscription } = await startScene({ machines: 20 });
  const one = inventory();
  const request = { subscriptions: [subscription, subscription.toUpperCase()] };
  const [a, b] = await Promise.all([one.list(request), one.list(request)]);
  expect(sim.stats().arm).toBe(4);
  expect(a.vms).toHaveLength(20);
  expect(b.vms).toEqual(a.vms);
  expect(new Set([...a.parts, ...b.parts].map((part) => part.source))).toEqual(new Set(['azure', 'peer']));
  await one.close();
});
