import { expect, it } from 'vitest';

import { startScene } from './scene.ts';

const MINUTE = 60_000;

it('fetches only the status again 61 seconds later', async () => {
  const { sim, clock, list } = await startScene({ machines: 20 });
  await list();
  sim.resetStats();
  sim.fleet.change(sim.fleet.machines()[0]?.name ?? '', { powerState: 'stopping' });
  clock.advance(61_000);
  const fleet = await list();
  expect(sim.stats()).toMatchObject({ arm: 1, byKind: { 'vm-status': 1 } });
  expect(fleet.azureCalls).toBe(1);
  expect(fleet.vms[0]?.powerState).toBe('stopping');
  expect(fleet.source).toBe('mixed');
  expect(fleet.ageMs).toBeGreaterThanOrEqual(61_000);
  expect(fleet.parts.map(({ kind, source }) => [kind, source])).toEqual([
    ['vm-list', 'cache'],
    ['vm-status', 'azure'],
    ['nic', 'cache'],
    ['public-ip', 'cache'],
  ]);
});

it('fetches each part again on its own time to live', async () => {
  const { sim, clock, list } = await startScene({ machines: 20 });
  await list();
  clock.advance(5 * MINUTE + 1000);
  sim.resetStats();
  await list();
  expect(sim.stats()).toMatchObject({ arm: 2, byKind: { 'vm-status': 1, 'vm-list': 1 } });
  clock.advance(5 * MINUTE + 1000);
  sim.resetStats();
  await list();
  expect(sim.stats().arm).toBe(4);
});

it('takes answers up to the age that is asked for', async () => {
  const { sim, clock, list } = await startScene({ machines: 3 });
  await list();
  clock.advance(30_000);
  sim.resetStats();
  expect((await list({ maxAgeMs: 60 * MINUTE })).azureCalls).toBe(0);
  expect((await list({ maxAgeMs: 10_000 })).azureCalls).toBe(4);
  expect((await list({ mode: 'refresh' })).azureCalls).toBe(4);
  expect(sim.stats().arm).toBe(8);
});

it('gives what is stored, of any age, when it may not ask', async () => {
  const { sim, clock, list } = await startScene({ machines: 3 });
  const nothing = await list({ mode: 'offline' });
  expect(nothing).toMatchObject({ vms: [], parts: [], fetchedAt: null, ageMs: null });
  expect(nothing.errors).toEqual([
    expect.objectContaining({
      code: 'NOT_CACHED',
      category: 'not-found',
      message: 'Nothing is cached for the vm-list of this subscription yet',
      hint: 'Run it once without --offline.',
    }),
  ]);
  await list();
  clock.advance(3 * 24 * 60 * MINUTE);
  sim.resetStats();
  const old = await list({ mode: 'offline' });
  expect(sim.stats().total).toBe(0);
  expect(old.vms).toHaveLength(3);
  expect(old).toMatchObject({ stale: true, source: 'cache', errors: [] });
});

it('neither reads nor writes what is stored in bypass mode', async () => {
  const { list, storedText } = await startScene({ machines: 3 });
  expect((await list({ mode: 'bypass' })).azureCalls).toBe(4);
  await expect(storedText()).rejects.toThrow('ENOENT');
  await list();
  expect((await list({ mode: 'bypass' })).azureCalls).toBe(4);
});
