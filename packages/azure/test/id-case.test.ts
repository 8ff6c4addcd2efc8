import { expect, it } from 'vitest';

import { startScene } from './scene.ts';

it('joins answers whose ids differ in case, and shows those of the list of machines', async () => {
  const { sim, inventory, store, subscription } = await startScene({ machines: 0 });
  sim.fleet.add({ name: 'Web-01', resourceGroup: 'Mixed-Case', publicIps: ['198.51.100.1'] });
  const one = inventory();
  const fleet = await one.list({ subscriptions: [subscription] });
  await one.close();
  expect(fleet.vms).toEqual([
    expect.objectContaining({ name: 'Web-01', resourceGroup: 'Mixed-Case', publicIps: ['198.51.100.1'], unknown: [] }),
  ]);
  // It is the simulator, as Azure, that answers the same id in different cases.
  const ids = (['vm_list', 'vm_status'] as const).map((kind) => {
    const stored = store().namespace(kind, subscription).readSync<{ items: { id: string }[] }>('all');
    return stored?.value.items[0]?.id;
  });
  expect(ids[0]).toBe(fleet.vms[0]?.id);
  expect(ids[1]).not.toBe(ids[0]);
  expect(ids[1]?.toLowerCase()).toBe(ids[0]?.toLowerCase());
});
