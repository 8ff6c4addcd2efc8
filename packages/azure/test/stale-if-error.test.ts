import { describe, expect, it } from 'vitest';

import { startScene } from './scene.ts';

const HOUR = 3_600_000;

describe('when Azure cannot be asked', () => {
  it('the last answer is given, marked, with the reason', async () => {
    const { sim, clock, list } = await startScene({ machines: 5 });
    const before = await list();
    clock.advance(2 * HOUR);
    sim.inject({ status: 500, path: /providers/ });
    const fleet = await list();
    expect(fleet.vms).toEqual(before.vms);
    expect(fleet).toMatchObject({ stale: true, source: 'cache' });
    expect(fleet.ageMs).toBeGreaterThanOrEqual(2 * HOUR);
    expect(fleet.errors).toEqual([expect.objectContaining({ kind: 'vm-list', category: 'azure', status: 500 })]);
    expect(fleet.parts.every((part) => part.stale)).toBe(true);
  });

  it('an answer of one part stands beside fresh ones', async () => {
    const { sim, clock, list } = await startScene({ machines: 5 });
    await list();
    clock.advance(61_000);
    sim.inject({ status: 500, kind: 'vm-status' });
    const fleet = await list();
    expect(fleet.vms[0]).toMatchObject({ unknown: [] });
    expect(fleet.parts.map(({ kind, stale }) => [kind, stale])).toEqual([
      ['vm-list', false],
      ['vm-status', true],
      ['nic', false],
      ['public-ip', false],
    ]);
    expect(fleet.errors).toHaveLength(1);
  });

  it('the endpoint being gone is a matter of the network', async () => {
    const { sim, clock, list } = await startScene({ machines: 5 });
    await list();
    clock.advance(2 * HOUR);
    await sim.close();
    const fleet = await list();
    expect(fleet.vms).toHaveLength(5);
    expect(fleet.errors[0]).toMatchObject({ category: 'network', code: 'ECONNREFUSED' });
  });

  it('a refusal is no reason to show old answers', async () => {
    const { sim, clock, subscription, list } = await startScene({ machines: 5 });
    await list();
    clock.advance(2 * HOUR);
    sim.deny(subscription);
    const fleet = await list();
    expect(fleet.vms).toEqual([]);
    expect(fleet.errors).toEqual([expect.objectContaining({ category: 'authorization', status: 403 })]);
  });

  it('nothing is left after the grace period', async () => {
    const { sim, clock, list } = await startScene({ machines: 5 });
    await list();
    clock.advance(8 * 24 * HOUR);
    sim.inject({ status: 500, path: /providers/ });
    expect((await list()).vms).toEqual([]);
  });
});

it('keeps what it has when a part cannot be fetched again', async () => {
  const { sim, clock, list } = await startScene({ machines: 5 });
  await list();
  sim.fleet.add({ name: 'brand-new' });
  clock.advance(61_000);
  // The status of this listing comes; what is fetched again because of the new machine does not.
  sim.inject({ status: 500, kind: 'vm-list' });
  const fleet = await list();
  expect(fleet.vms).toHaveLength(6);
  expect(fleet.vms.at(-1)).toMatchObject({ name: 'brand-new', powerState: 'running', size: null });
  expect(fleet.errors).toEqual([expect.objectContaining({ kind: 'vm-list', status: 500 })]);
});
