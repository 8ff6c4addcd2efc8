import { expect, test } from 'vitest';
import { collect, sdkOf } from './support/sdk.ts';
import { start } from './support/simulators.ts';

test('a dynamic address goes while its machine is deallocated, a static one stays', async () => {
  const sim = await start();
  const { network } = sdkOf(sim);
  const addressOf = async (name: string) => (await network.publicIPAddresses.get('rg-jobs-prod', name)).ipAddress;
  expect(await addressOf('batch-01PublicIP')).toBeUndefined();
  sim.fleet.change('batch-01', { powerState: 'running' });
  expect(await addressOf('batch-01PublicIP')).toMatch(/^198\.18\./);
  const stays = await addressOf('batch-03PublicIP');
  sim.fleet.change('batch-03', { powerState: 'deallocated' });
  expect(await addressOf('batch-03PublicIP')).toBe(stays);
});

test('lists have interfaces and addresses that belong to no machine', async () => {
  const sim = await start();
  const { network } = sdkOf(sim);
  const nics = await collect(network.networkInterfaces.listAll());
  const publicIps = await collect(network.publicIPAddresses.listAll());
  expect(nics.filter(({ virtualMachine }) => virtualMachine === undefined)).toMatchObject([
    { name: 'storage-pe.nic', privateEndpoint: { id: expect.stringContaining('/privateEndpoints/') } },
  ]);
  expect(publicIps.filter(({ ipConfiguration }) => ipConfiguration === undefined)).toMatchObject([
    { name: 'unused-ip' },
  ]);
});

test('interfaces tell the primary one, IPv6, and several configurations', async () => {
  const sim = await start();
  const { network } = sdkOf(sim);
  const several = await collect(network.networkInterfaces.list('rg-web-prod'));
  expect(several.filter(({ name }) => name?.startsWith('api-03')).map(({ primary }) => primary)).toEqual([true, false]);
  const dual = several.find(({ name }) => name === 'web-03VMNic');
  expect(dual?.ipConfigurations?.map(({ privateIPAddressVersion }) => privateIPAddressVersion)).toEqual([
    'IPv4',
    'IPv6',
  ]);
  const many = await network.networkInterfaces.get('rg-data-prod', 'db-02VMNic');
  expect(many.ipConfigurations?.map(({ primary }) => primary)).toEqual([true, false, false]);
  const addresses = await collect(network.publicIPAddresses.list('rg-data-prod'));
  expect(addresses.map(({ name }) => name)).toEqual(['db-02PublicIP', 'db-02PublicIP2']);
  expect(sim.stats().byKind).toMatchObject({ 'nic-list-group': 1, 'nic-get': 1, 'public-ip-list-group': 1 });
});

test('a get of an interface can expand its public address', async () => {
  const sim = await start();
  const { network } = sdkOf(sim);
  const options = { expand: 'ipConfigurations/publicIPAddress' };
  const expanded = await network.networkInterfaces.get('rg-web-prod', 'web-01VMNic', options);
  const plain = await network.networkInterfaces.get('rg-web-prod', 'web-01VMNic');
  expect(expanded.ipConfigurations?.[0]?.publicIPAddress?.ipAddress).toBe(sim.fleet.machines()[0]?.publicIps[0]);
  expect(plain.ipConfigurations?.[0]?.publicIPAddress?.ipAddress).toBeUndefined();
});
