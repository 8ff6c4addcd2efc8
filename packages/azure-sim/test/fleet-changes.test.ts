import { expect, test } from 'vitest';
import { AzureSimError } from '../src/index.ts';
import { ask, listOf, pathsOf, tokenOf } from './support/http.ts';
import { start } from './support/simulators.ts';

/** The error that `action` throws. */
function failureOf(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

test('an added machine is in all four lists, and a removed one in none', async () => {
  const sim = await start({ machines: 2 });
  const paths = pathsOf(sim);
  const lists = [paths.vms, paths.vmStatus, paths.nics, paths.publicIps];
  const counts = async (): Promise<number[]> =>
    (await Promise.all(lists.map((path) => listOf(sim, path)))).map((l) => l.length);
  expect(await counts()).toEqual([2, 2, 2, 2]);
  const added = sim.fleet.add();
  expect(added).toMatchObject({ name: 'vm-01', os: 'Linux', powerState: 'running', provisioningState: 'Succeeded' });
  expect(added.publicIps).toHaveLength(1);
  expect(await counts()).toEqual([3, 3, 3, 3]);
  sim.fleet.remove('VM-01');
  expect(await counts()).toEqual([2, 2, 2, 2]);
});

test('added machines get free names and addresses of their own', async () => {
  const sim = await start({ machines: 1 });
  sim.fleet.add({ name: 'vm-02' });
  const added = [sim.fleet.add(), sim.fleet.add()];
  expect(added.map(({ name }) => name)).toEqual(['vm-03', 'vm-04']);
  const addresses = sim.fleet.machines().flatMap(({ publicIps, privateIps }) => publicIps.concat(privateIps));
  expect(new Set(addresses).size).toBe(addresses.length);
});

test('a change shows, gives a new etag and keeps the place in the list', async () => {
  const sim = await start({ machines: 3 });
  const paths = pathsOf(sim);
  const [before] = await listOf(sim, paths.vms);
  sim.fleet.change('web-01', { powerState: 'stopped', tags: { role: 'retired' }, size: 'Standard_D96s_v5' });
  const [after] = await listOf(sim, paths.vms);
  const [status] = await listOf(sim, paths.vmStatus);
  expect(after).toMatchObject({ name: 'web-01', tags: { role: 'retired' } });
  expect(after.properties.hardwareProfile.vmSize).toBe('Standard_D96s_v5');
  expect(after.properties.vmId).toBe(before.properties.vmId);
  expect(after.etag).not.toBe(before.etag);
  expect(status.properties.instanceView.statuses.at(-1).code).toBe('PowerState/stopped');
});

test('public addresses can be given, added to and taken away', async () => {
  const sim = await start({ machines: 1 });
  const addresses = async (): Promise<string[]> =>
    (await listOf(sim, pathsOf(sim).publicIps)).map(({ properties }) => properties.ipAddress);
  sim.fleet.change('web-01', { publicIps: ['198.18.9.9'] });
  expect(await addresses()).toEqual(['198.18.9.9']);
  sim.fleet.change('web-01', { publicIps: ['198.18.9.9', '198.18.9.10', '2001:db8::9'] });
  expect(await addresses()).toEqual(['198.18.9.9', '198.18.9.10', '2001:db8::9']);
  expect(sim.fleet.machines()[0]?.publicIps).toEqual(['198.18.9.9', '198.18.9.10', '2001:db8::9']);
  expect(sim.fleet.machines()[0]?.privateIps).toHaveLength(3);
  sim.fleet.change('web-01', { publicIps: [] });
  expect(await addresses()).toEqual([]);
  sim.fleet.change('web-01', { nics: [] });
  sim.fleet.change('web-01', { publicIps: ['198.18.9.11'] });
  expect(await addresses()).toEqual(['198.18.9.11']);
});

test('a machine that was removed can be added again as it was', async () => {
  const sim = await start();
  const before = sim.fleet.machines();
  for (const { id } of before) sim.fleet.remove(id);
  for (const machine of before) sim.fleet.add(machine);
  const withoutPlace = (fleet: typeof before) => fleet.map(({ vmId, nics, publicIps }) => ({ vmId, nics, publicIps }));
  expect(withoutPlace(sim.fleet.machines())).toEqual(withoutPlace(before));
});

test('a machine that stays can be renamed and moved', async () => {
  const sim = await start({ machines: 2, subscriptions: 2 });
  const [, other] = sim.subscriptions;
  const [machine] = sim.fleet.machines();
  sim.fleet.change('web-01', { name: 'www', resourceGroup: 'elsewhere', subscriptionId: other?.id ?? '' });
  expect(sim.fleet.machines(sim.subscriptions[0].id).map(({ name }) => name)).toEqual(['api-01']);
  const moved = sim.fleet.machines(other?.id).find(({ name }) => name === 'www');
  expect(moved).toMatchObject({ vmId: machine?.vmId, resourceGroup: 'elsewhere' });
  const got = await ask(sim, pathsOf(sim, other?.id).vm('elsewhere', 'www'), { token: await tokenOf(sim) });
  expect(got.status).toBe(200);
});

test('what the fleet cannot do is refused with a code and a hint', async () => {
  const sim = await start({ machines: 2 });
  const { fleet } = sim;
  fleet.add({ name: 'twin', resourceGroup: 'a' });
  fleet.add({ name: 'twin', resourceGroup: 'b' });
  const failing: [AzureSimError['code'], RegExp, () => unknown][] = [
    ['UNKNOWN_MACHINE', /`nope`/, () => fleet.remove('nope')],
    ['AMBIGUOUS_MACHINE', /`twin` fits 2/, () => fleet.remove('twin')],
    ['DUPLICATE_MACHINE', /virtualMachines\/web-01/, () => fleet.add({ name: 'WEB-01', resourceGroup: 'RG-web-prod' })],
    ['DUPLICATE_MACHINE', /twin/, () => fleet.change('a/twin', { resourceGroup: 'b' })],
    ['UNKNOWN_SUBSCRIPTION', /`none`/, () => fleet.add({ subscriptionId: 'none' })],
    ['UNKNOWN_SUBSCRIPTION', /`none`/, () => fleet.change('web-01', { subscriptionId: 'none' })],
    ['UNKNOWN_SUBSCRIPTION', /`none`/, () => sim.deny('none')],
  ];
  const before = fleet.machines();
  for (const [code, message, action] of failing) {
    const error = failureOf(action);
    expect(error).toBeInstanceOf(AzureSimError);
    expect(error).toMatchObject({ code, hint: expect.stringMatching(/\.$/) });
    expect(String(error)).toMatch(message);
  }
  expect(fleet.machines().map(({ id, vmId }) => [id, vmId])).toEqual(before.map(({ id, vmId }) => [id, vmId]));
  const [, , first, second] = before;
  fleet.remove('B/twin');
  fleet.remove(first?.id.toUpperCase() ?? '');
  expect(fleet.machines()).toHaveLength(2);
  expect(second?.resourceGroup).toBe('b');
});

test('two machines cannot share an interface', async () => {
  const sim = await start({ machines: 1 });
  sim.fleet.change('web-01', { name: 'renamed' });
  expect(() => sim.fleet.add({ name: 'web-01' })).toThrow(/networkInterfaces\/web-01VMNic/);
  const nics = sim.fleet.machines()[0]?.nics ?? [];
  expect(() => sim.fleet.change('renamed', { nics: [...nics, ...nics] })).toThrow(/web-01VMNic/);
  expect(sim.fleet.machines().map(({ name }) => name)).toEqual(['renamed']);
});

test('a group stays when its last machine goes, and a new one comes with its first', async () => {
  const sim = await start({ machines: 1 });
  const token = await tokenOf(sim);
  const group = (name: string) => ask(sim, `${pathsOf(sim).group(name)}?api-version=2021-04-01`, { token });
  expect((await group('fresh')).status).toBe(404);
  sim.fleet.add({ name: 'one', resourceGroup: 'Fresh' });
  sim.fleet.remove('one');
  expect((await group('fresh')).body).toMatchObject({ name: 'Fresh', type: 'Microsoft.Resources/resourceGroups' });
});
