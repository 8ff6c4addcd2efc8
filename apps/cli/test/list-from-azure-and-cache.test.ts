import { expect, test } from 'vitest';
import { testFleet, type TestFleet } from './support/cli.ts';

test.each([1, 100, 1000])('%i machines: four calls and further pages cold, none warm', async (machines) => {
  const fleet = await testFleet({ machines, pageSize: 200 });
  const cold = await fleet.process(['list', '-o', 'json']);
  const { vms, meta, filters, schemaVersion } = JSON.parse(cold.stdout);
  expect(cold.exitCode).toBe(0);
  expect(schemaVersion).toBe(1);
  expect(vms).toHaveLength(machines);
  expect(filters).toEqual({ matched: machines, total: machines });
  const { byKind } = fleet.sim.stats();
  for (const kind of ['vm-list', 'vm-status'] as const) expect(byKind[kind]).toBe(Math.ceil(machines / 200));
  const further = (byKind['nic-list'] ?? 0) + (byKind['public-ip-list'] ?? 0);
  expect(fleet.calls()).toBe(byKind['vm-list'] + byKind['vm-status'] + further);
  expect(further).toBe(machines <= 100 ? 2 : Math.ceil(nics(fleet) / 200) + Math.ceil(publicIps(fleet) / 200));
  expect(meta).toMatchObject({ source: 'azure', stale: false, errors: [] });
  expect(meta.azureCalls).toBe(fleet.sim.stats().arm);

  const warm = await fleet.process(['list', '-o', 'json']);
  expect(fleet.calls()).toBe(0);
  expect(JSON.parse(warm.stdout).vms).toEqual(vms);
  expect(JSON.parse(warm.stdout).meta).toMatchObject({ source: 'cache', stale: false, azureCalls: 0 });
});

test('the members of a machine are the documented ones, in their order', async () => {
  const fleet = await testFleet();
  const { stdout } = await fleet.azfleet(['list', '-o', 'json']);
  expect(Object.keys(JSON.parse(stdout).vms[0])).toEqual([
    'id',
    'vmId',
    'name',
    'resourceGroup',
    'subscriptionId',
    'location',
    'size',
    'os',
    'powerState',
    'provisioningState',
    'publicIps',
    'privateIps',
    'adminUsername',
    'zones',
    'tags',
    'timeCreated',
    'session',
    'unknown',
  ]);
});

test('what is listed is what the simulator has', async () => {
  const fleet = await testFleet({ machines: 40 });
  const { stdout } = await fleet.azfleet(['list', '-o', 'json']);
  const listed = JSON.parse(stdout).vms.map(
    (vm: { name: string; powerState: string }) => `${vm.name} ${vm.powerState}`,
  );
  const actual = fleet.sim.fleet.machines().map(({ name, powerState }) => `${name} ${powerState}`);
  expect(listed.toSorted()).toEqual(actual.toSorted());
});

test('ten commands that miss at once make four calls in all', async () => {
  const fleet = await testFleet({ latencyMs: 300 });
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => fleet.process(['list', '-o', 'json'])));
  expect(outcomes.map(({ exitCode }) => exitCode)).toEqual(Array(10).fill(0));
  for (const { stdout } of outcomes) expect(JSON.parse(stdout).vms).toHaveLength(12);
  expect(fleet.calls()).toBe(4);
});

test('several subscriptions are listed together, each in four calls', async () => {
  const fleet = await testFleet({ machines: 5, subscriptions: 3 });
  const { stdout } = await fleet.azfleet(['list', '-o', 'json']);
  expect(JSON.parse(stdout).vms).toHaveLength(15);
  expect(fleet.calls()).toBe(12);
  const one = await fleet.azfleet(['list', '-o', 'json', '-s', fleet.sim.subscriptions[1]!.id]);
  expect(JSON.parse(one.stdout).vms).toHaveLength(5);
  expect(fleet.calls()).toBe(0);
});

test('a subscription by its name, or all of them, costs the list of subscriptions once', async () => {
  const fleet = await testFleet({ machines: 5, subscriptions: 2 });
  const byName = await fleet.azfleet(['list', '-o', 'json', '-s', fleet.sim.subscriptions[1]!.name]);
  expect(JSON.parse(byName.stdout).vms).toHaveLength(5);
  expect(fleet.calls()).toBe(5);
  const all = await fleet.azfleet(['list', '-o', 'json', '-s', '*']);
  expect(JSON.parse(all.stdout).vms).toHaveLength(10);
  expect(fleet.calls()).toBe(4);
});

test('from the cache, all subscriptions cost no more than one: nothing that asks Azure is loaded', async () => {
  const fleet = await testFleet({ machines: 5, subscriptions: 2 });
  await fleet.azfleet(['list', '-s', '*']);
  expect(fleet.calls()).toBe(9);
  for (const named of ['*', fleet.sim.subscriptions[1]!.name.toUpperCase()]) {
    const { exitCode, stderr } = await fleet.azfleet(['list', '-s', named, '--explain']);
    expect([exitCode, fleet.calls()]).toEqual([0, 0]);
    expect(stderr).toContain('from the cache');
    expect(stderr).not.toContain('loading what asks Azure');
  }
});

test('a list of subscriptions that is not fresh is asked again, so that a new one appears', async () => {
  const fleet = await testFleet({ machines: 5, subscriptions: 2 });
  await fleet.azfleet(['list', '-s', '*']);
  fleet.calls();
  fleet.advance(31 * 60_000);
  const { stderr } = await fleet.azfleet(['list', '-s', '*', '--max-age', '1d', '--explain']);
  expect(fleet.calls()).toBe(1);
  expect(stderr).toContain('subscriptions answered 200');
  await fleet.sim.close();
  const offline = await fleet.azfleet(['list', '-s', '*', '--offline', '--explain']);
  expect(offline.exitCode).toBe(0);
  expect(offline.stderr).not.toContain('loading what asks Azure');
});

test('a subscription that nobody knows is a usage error with the nearest name', async () => {
  const fleet = await testFleet();
  const name = fleet.sim.subscriptions[0].name;
  const { exitCode, stdout, stderr } = await fleet.azfleet(['list', '-s', `${name}x`]);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`did you mean '${name}'?`);
});

function nics({ sim }: TestFleet): number {
  return sim.fleet.machines().reduce((sum, machine) => sum + machine.nics.length, 0);
}

function publicIps({ sim }: TestFleet): number {
  const configurations = sim.fleet.machines().flatMap((machine) => machine.nics.flatMap((nic) => nic.ipConfigurations));
  return configurations.filter(({ publicIp }) => publicIp !== undefined && publicIp !== null).length;
}
