import { describe, expect, it } from 'vitest';

import { type AnswerStore, readFleetSync, type ReadFleetRequest } from '../src/index.ts';
import { POLICIES, type Scene, startScene } from './scene.ts';

const MINUTE = 60_000;

function read(
  { store, subscription, clock }: Scene,
  request: Partial<ReadFleetRequest> = {},
  from: AnswerStore = store(),
) {
  return readFleetSync(from, { subscriptions: [subscription], policies: POLICIES, now: clock.now(), ...request });
}

describe('the listing from the store alone', () => {
  it('is the one that was listed', async () => {
    const scene = await startScene({ machines: 50 });
    const listed = await scene.list();
    scene.clock.advance(20_000);
    const found = read(scene);
    expect(found?.freshness).toBe('fresh');
    expect(found?.fleet.vms).toEqual(listed.vms);
    expect(found?.fleet).toMatchObject({
      source: 'cache',
      errors: [],
      azureCalls: 0,
      stale: false,
      fetchedAt: listed.fetchedAt,
    });
    expect(found?.fleet.ageMs).toBe(scene.clock.now() - (listed.fetchedAt ?? 0));
    expect(found?.fleet.parts.map((part) => part.kind)).toEqual(['vm-list', 'vm-status', 'nic', 'public-ip']);
  });

  it('reads one projection and four generations a subscription, and nothing else', async () => {
    const scene = await startScene({ machines: 5, subscriptions: 2 });
    const subscriptions = scene.sim.subscriptions.map(({ id }) => id);
    await scene.list({ subscriptions });
    const reads: string[] = [];
    const store = scene.store();
    const counting: AnswerStore = {
      namespace(kind, subscriptionId) {
        const namespace = store.namespace(kind, subscriptionId);
        return {
          get: () => expect.fail('get'),
          set: () => expect.fail('set'),
          fetch: () => expect.fail('fetch'),
          readSync: (key) => (reads.push(`${kind} entry`), namespace.readSync(key)),
          generationSync: () => (reads.push(`${kind} generation`), namespace.generationSync()),
        };
      },
    };
    expect(read(scene, { subscriptions }, counting)?.fleet.vms).toHaveLength(10);
    const each = [
      'fleet entry',
      'nic generation',
      'public_ip generation',
      'vm_list generation',
      'vm_status generation',
    ];
    expect(reads.toSorted()).toEqual([...each, ...each].toSorted());
  });

  it('is as fresh as its oldest part, by the policies', async () => {
    const scene = await startScene({ machines: 2 });
    await scene.list();
    scene.clock.advance(61_000);
    expect(read(scene)).toBeUndefined();
    expect(read(scene, { mode: 'stale-while-revalidate' })).toMatchObject({
      freshness: 'stale-while-revalidate',
      fleet: { stale: true },
    });
    expect(read(scene, { maxAgeMs: 2 * MINUTE })).toMatchObject({ freshness: 'fresh', fleet: { stale: false } });
    scene.clock.advance(2 * 60 * MINUTE);
    expect(read(scene, { mode: 'stale-while-revalidate' })).toBeUndefined();
    expect(read(scene, { mode: 'offline' })?.freshness).toBe('stale-if-error');
    scene.clock.advance(30 * 24 * 60 * MINUTE);
    expect(read(scene, { mode: 'offline' })?.freshness).toBe('expired');
  });

  it('is not had when it must come from Azure', async () => {
    const scene = await startScene({ machines: 2 });
    await scene.list();
    expect(read(scene, { mode: 'refresh' })).toBeUndefined();
    expect(read(scene, { mode: 'bypass' })).toBeUndefined();
  });

  it('is void when a part was invalidated', async () => {
    const scene = await startScene({ machines: 2 });
    await scene.list();
    const status = scene.store().namespace('vm_status', scene.subscription);
    await (status as typeof status & { invalidate(): Promise<void> }).invalidate();
    expect(read(scene)).toBeUndefined();
    expect(read(scene, { mode: 'offline' })).toBeUndefined();
    expect((await scene.list()).azureCalls).toBe(1);
    expect(read(scene)?.fleet.vms).toHaveLength(2);
  });

  it('is not had when a subscription is missing', async () => {
    const scene = await startScene({ machines: 2, subscriptions: 2 });
    await scene.list();
    expect(read(scene, { subscriptions: scene.sim.subscriptions.map(({ id }) => id) })).toBeUndefined();
  });

  it('is not believed when it is from the future, or of another format', async () => {
    const scene = await startScene({ machines: 2 });
    await scene.list();
    expect(read(scene, { now: scene.clock.now() - 60_000 })).toBeUndefined();
    const projections = scene.store().namespace('fleet', scene.subscription);
    const stored = projections.readSync<{ version: number; parts: unknown[] }>('all')?.value;
    await projections.set('all', { ...stored, version: 99 });
    expect(read(scene)).toBeUndefined();
    await projections.set('all', { ...stored, parts: [] });
    expect(read(scene)).toBeUndefined();
  });

  it("is the group's where the subscription may not be listed", async () => {
    const scene = await startScene({ machines: 10 });
    const resourceGroup = scene.sim.fleet.machines()[0]?.resourceGroup ?? '';
    scene.sim.deny(scene.subscription, { exceptResourceGroups: [resourceGroup] });
    const listed = await scene.list({ resourceGroup });
    expect(read(scene)).toBeUndefined();
    expect(read(scene, { resourceGroup })?.fleet.vms).toEqual(listed.vms);
  });

  it('is the newer one where the subscription could be listed before, or can be now', async () => {
    const scene = await startScene({ machines: 10 });
    const resourceGroup = scene.sim.fleet.machines()[0]?.resourceGroup ?? '';
    await scene.list({ resourceGroup });
    const allow = scene.sim.deny(scene.subscription, { exceptResourceGroups: [resourceGroup] });
    scene.clock.advance(2 * 60 * MINUTE);
    const ofGroup = await scene.list({ resourceGroup });
    expect(ofGroup.vms.length).toBeLessThan(10);
    expect(read(scene, { resourceGroup })?.fleet.vms).toEqual(ofGroup.vms);
    allow();
    scene.clock.advance(1000);
    expect((await scene.list({ resourceGroup, mode: 'refresh' })).vms).toHaveLength(10);
    expect(read(scene, { resourceGroup })?.fleet.vms).toHaveLength(10);
  });

  it('is not made of an incomplete listing', async () => {
    const scene = await startScene({ machines: 3 });
    scene.sim.inject({ kind: 'nic-list', status: 400, times: 1 });
    await scene.list();
    expect(read(scene)).toBeUndefined();
    await scene.list();
    expect(read(scene)?.fleet.vms).toHaveLength(3);
  });
});
