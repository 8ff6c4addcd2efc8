import { expect, test } from 'vitest';
import { start } from './support/simulators.ts';
import { collect, sdkOf } from './support/sdk.ts';

test('the SDK lists every machine as the fleet has it', async () => {
  const sim = await start();
  const { compute } = sdkOf(sim);

  const listed = await collect(compute.virtualMachines.listAll());

  const seen = listed.map((vm) => ({
    id: vm.id,
    vmId: vm.vmId,
    name: vm.name,
    location: vm.location,
    size: vm.hardwareProfile?.vmSize,
    os: vm.storageProfile?.osDisk?.osType,
    provisioningState: vm.provisioningState,
    adminUsername: vm.osProfile?.adminUsername,
    keys: vm.osProfile?.linuxConfiguration?.ssh?.publicKeys?.map(({ keyData }) => keyData) ?? [],
    zones: vm.zones ?? [],
    tags: vm.tags,
    timeCreated: vm.timeCreated?.toISOString(),
  }));
  const expected = sim.fleet.machines().map((machine) => ({
    id: machine.id,
    vmId: machine.vmId,
    name: machine.name,
    location: machine.location,
    size: machine.size,
    os: machine.os,
    provisioningState: machine.provisioningState,
    adminUsername: machine.adminUsername,
    keys: machine.sshPublicKeys,
    zones: machine.zones,
    tags: machine.tags,
    timeCreated: machine.timeCreated,
  }));
  expect(seen).toEqual(expected);
  expect(seen).toHaveLength(20);
});

test('machines, interfaces and addresses join by id, but only without regard to case', async () => {
  const sim = await start();
  const { compute, network } = sdkOf(sim);
  const vms = await collect(compute.virtualMachines.listAll());
  const statuses = await collect(compute.virtualMachines.listAll({ statusOnly: 'true' }));
  const nics = await collect(network.networkInterfaces.listAll());
  const publicIps = await collect(network.publicIPAddresses.listAll());

  const join = (key: (id: string | undefined) => string): Map<string, (string | undefined)[]> => {
    const nicsById = new Map(nics.map((nic) => [key(nic.id), nic]));
    const addressesById = new Map(publicIps.map((each) => [key(each.id), each.ipAddress]));
    const addresses = (vm: (typeof vms)[number]): (string | undefined)[] =>
      (vm.networkProfile?.networkInterfaces ?? [])
        .flatMap(({ id }) => nicsById.get(key(id))?.ipConfigurations ?? [])
        .flatMap(({ publicIPAddress }) => (publicIPAddress ? [addressesById.get(key(publicIPAddress.id))] : []))
        .filter((address) => address !== undefined);
    return new Map(vms.map((vm) => [vm.name ?? '', addresses(vm)]));
  };

  const expected = new Map(sim.fleet.machines().map(({ name, publicIps }) => [name, publicIps]));
  expect(join((id) => (id ?? '').toLowerCase())).toEqual(expected);
  expect(join((id) => id ?? '')).not.toEqual(expected);
  // Each link between two answers has ids that differ in case.
  const ids = new Set(vms.map(({ id }) => id));
  expect(statuses.every(({ id }) => !ids.has(id))).toBe(true);
  expect(nics.every(({ virtualMachine }) => !ids.has(virtualMachine?.id))).toBe(true);
});

test.each([1, 100, 1_000])('%i machines take four calls and their further pages', async (machines) => {
  const sim = await start({ machines });
  const { compute, network } = sdkOf(sim);
  await Promise.all([
    collect(compute.virtualMachines.listAll()),
    collect(compute.virtualMachines.listAll({ statusOnly: 'true' })),
    collect(network.networkInterfaces.listAll()),
    collect(network.publicIPAddresses.listAll()),
  ]);
  const pages = Math.ceil(machines / 200);
  const { byKind, arm, total, byStatus } = sim.stats();
  expect(byKind['vm-list']).toBe(pages);
  expect(byKind['vm-status']).toBe(pages);
  expect(byKind['nic-list']).toBeGreaterThanOrEqual(pages);
  expect(arm).toBe(total - byKind.login);
  expect(arm).toBe(byKind['vm-list'] + byKind['vm-status'] + byKind['nic-list'] + byKind['public-ip-list']);
  expect(byStatus).toEqual({ 200: total });
});
