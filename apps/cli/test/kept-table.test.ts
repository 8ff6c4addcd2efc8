import { expect, test } from 'vitest';
import { testFleet } from './support/cli.ts';

test('a whole table into a pipe comes as it was laid out before, and is the same as one laid out now', async () => {
  const fleet = await testFleet({ machines: 30 });
  const cold = await fleet.azfleet(['list']);
  const kept = await fleet.azfleet(['list', '--explain']);
  expect(kept.stderr).toContain('cache: the whole table, 0 calls');
  const laidOut = await fleet.azfleet(['list', '--exclude', 'nobody', '--explain']);
  expect(laidOut.stderr).toContain('cache: 30 machines, 0 calls');
  expect([kept.stdout, laidOut.stdout]).toEqual([cold.stdout, cold.stdout]);
  expect(kept.stderr).toContain(cold.stderr.split(' · ')[0]!);
});

test('it ends with what it was made of: a part that expires, is cleared or is asked again', async () => {
  const fleet = await testFleet({ machines: 3 });
  await fleet.azfleet(['list']);
  fleet.sim.fleet.change('web-01', { powerState: 'deallocated' });
  expect((await fleet.azfleet(['list'])).stdout).not.toContain('deallocated');
  await fleet.azfleet(['cache', 'clear', 'vm_status']);
  expect((await fleet.azfleet(['list'])).stdout).toContain('deallocated');
  fleet.sim.fleet.change('web-01', { powerState: 'stopped' });
  await fleet.azfleet(['status', 'web-01', '--refresh']);
  fleet.calls();
  expect((await fleet.azfleet(['list'])).stdout).toContain('stopped');
  expect(fleet.calls()).toBe(0);
  fleet.advance(61_000);
  await fleet.azfleet(['list']);
  expect(fleet.calls()).toBe(1);
});

test('a session, a filter, a format and a terminal each have their own', async () => {
  const fleet = await testFleet({ machines: 3 });
  await fleet.azfleet(['list']);
  for (const flags of [
    ['--state', 'running'],
    ['-o', 'csv'],
    ['--columns', 'name'],
    ['--color', 'always'],
    ['web-01'],
  ]) {
    expect((await fleet.azfleet(['list', '--explain', ...flags])).stderr).not.toContain('the whole table');
  }
  expect((await fleet.azfleet(['list', '--explain'], { columns: 80 })).stderr).not.toContain('the whole table');
  await fleet.azfleet(['session', 'set', 'front', 'web-01']);
  expect((await fleet.azfleet(['list'])).stdout).toMatch(/^NAME +SESSION /);
});

test("a resource group's listing is never kept as the table of the whole subscription", async () => {
  const fleet = await testFleet({ machines: 12 });
  const subscription = fleet.sim.subscriptions[0].id;
  fleet.sim.deny(subscription, { exceptResourceGroups: ['rg-web-prod'] });
  await fleet.azfleet(['context', 'set', 'sim', 'resource_group=rg-web-prod']);
  expect((await fleet.azfleet(['cache', 'warm'])).stderr).toMatch(/^\d+ machines/m);
  await fleet.azfleet(['context', 'set', 'sim', 'resource_group=']);
  const { exitCode, stdout } = await fleet.azfleet(['list']);
  expect([exitCode, stdout]).toEqual([4, '']);
});
