import { describe, expect, it } from 'vitest';

import { startScene } from './scene.ts';

describe('a subscription that may not be listed', () => {
  it('is reported, and the others are shown', async () => {
    const { sim, list } = await startScene({ machines: 4, subscriptions: 3 });
    const [a, b, c] = sim.subscriptions.map(({ id }) => id);
    sim.deny(b ?? '');
    const fleet = await list({ subscriptions: [a ?? '', b ?? '', c ?? ''] });
    expect(fleet.vms.map((vm) => vm.subscriptionId)).toEqual([a, a, a, a, c, c, c, c]);
    expect(fleet.errors).toEqual([
      {
        subscriptionId: b,
        kind: 'vm-list',
        code: 'AuthorizationFailed',
        status: 403,
        category: 'authorization',
        message: expect.stringMatching(
          /^\S+ may not do Microsoft\.Compute\/virtualMachines\/read on subscription \S+$/,
        ),
        hint: expect.stringContaining('Reader'),
      },
    ]);
  });

  it('that does not exist is a different matter', async () => {
    const { list } = await startScene({ machines: 1 });
    const fleet = await list({ subscriptions: ['00000000-0000-0000-0000-00000000dead'] });
    expect(fleet.errors).toEqual([expect.objectContaining({ category: 'not-found', code: 'SubscriptionNotFound' })]);
  });

  it('is listed by the resource group that may be read', async () => {
    const { sim, subscription, clock, list } = await startScene({ machines: 40 });
    const resourceGroup = sim.fleet.machines()[0]?.resourceGroup ?? '';
    const expected = sim.fleet.machines().filter((machine) => machine.resourceGroup === resourceGroup);
    sim.deny(subscription, { exceptResourceGroups: [resourceGroup] });
    const request = { resourceGroup: resourceGroup.toUpperCase() };
    const fleet = await list(request);
    expect(fleet.errors).toEqual([]);
    expect(fleet.vms.map(({ name, powerState, publicIps }) => ({ name, powerState, publicIps }))).toEqual(
      expected.map(({ name, powerState, publicIps }) => ({ name, powerState, publicIps })),
    );
    expect(sim.stats().byKind).toMatchObject({
      'vm-list-group': 1,
      'nic-list-group': 1,
      'public-ip-list-group': 1,
      'vm-instance-view': expected.length,
    });

    // The subscription is not asked again just to refuse.
    clock.advance(61_000);
    sim.resetStats();
    await list(request);
    expect(sim.stats()).toMatchObject({ arm: expected.length, byKind: { 'vm-instance-view': expected.length } });
    sim.resetStats();
    await list(request);
    expect(sim.stats().arm).toBe(0);
  });

  it('is listed by the group part for part, where only a part is refused', async () => {
    const { sim, list } = await startScene({ machines: 10 });
    const resourceGroup = sim.fleet.machines()[0]?.resourceGroup ?? '';
    sim.inject({ kind: 'public-ip-list', status: 403 });
    const fleet = await list({ resourceGroup });
    expect(fleet.errors).toEqual([]);
    expect(fleet.vms).toHaveLength(10);
    expect(sim.stats().byKind).toMatchObject({
      'vm-list': 1,
      'vm-status': 1,
      'nic-list': 1,
      'public-ip-list-group': 1,
    });
  });

  it('asks the machines of the group, and no others, where only the status is refused', async () => {
    const { sim, list } = await startScene({ machines: 10 });
    const resourceGroup = sim.fleet.machines()[0]?.resourceGroup ?? '';
    const inGroup = sim.fleet.machines().filter((machine) => machine.resourceGroup === resourceGroup);
    sim.inject({ kind: 'vm-status', status: 403 });
    const fleet = await list({ resourceGroup });
    expect(fleet.errors).toEqual([]);
    expect(fleet.vms).toHaveLength(10);
    expect(sim.stats().byKind).toMatchObject({ 'vm-list': 1, 'nic-list': 1, 'vm-instance-view': inGroup.length });
    expect(inGroup.length).toBeLessThan(10);
    const unknown = fleet.vms.filter((vm) => vm.unknown.includes('provisioningState') || vm.powerState === 'unknown');
    expect(unknown.filter((vm) => vm.resourceGroup !== resourceGroup)).toHaveLength(10 - inGroup.length);
  });

  it('does without a machine that is deleted while the group is asked', async () => {
    const { sim, subscription, list } = await startScene({ machines: 10 });
    const resourceGroup = sim.fleet.machines()[0]?.resourceGroup ?? '';
    const inGroup = sim.fleet.machines().filter((machine) => machine.resourceGroup === resourceGroup);
    sim.deny(subscription, { exceptResourceGroups: [resourceGroup] });
    sim.inject({ kind: 'vm-instance-view', status: 404, nth: 1 });
    const fleet = await list({ resourceGroup });
    expect(fleet.errors).toEqual([]);
    expect(fleet.vms).toHaveLength(inGroup.length);
    expect(fleet.vms.filter((vm) => vm.unknown.includes('powerState')).length).toBeGreaterThanOrEqual(1);
  });

  it("says that the status failed when the group's machines cannot be asked", async () => {
    const { sim, subscription, list } = await startScene({ machines: 10 });
    const resourceGroup = sim.fleet.machines()[0]?.resourceGroup ?? '';
    sim.deny(subscription, { exceptResourceGroups: [resourceGroup] });
    sim.inject({ kind: 'vm-list-group', status: 500 });
    const fleet = await list({ resourceGroup });
    expect(fleet.errors.map(({ kind, status }) => [kind, status])).toEqual([['vm-list', 500]]);
    expect(fleet.vms).toEqual([]);
  });
});
