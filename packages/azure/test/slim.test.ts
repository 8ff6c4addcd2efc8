import { expect, it } from 'vitest';

import { slimInstanceView, slimMachine, slimNic, slimPublicIp, slimStatus } from '../src/slim.ts';

it('keeps the listed members of a machine and drops all others', () => {
  const raw = {
    id: '/x/vm-1',
    name: 'vm-1',
    location: 'westeurope',
    vmId: 'id',
    userData: 'c2VjcmV0',
    hardwareProfile: { vmSize: 'Standard_B2s' },
    storageProfile: { osDisk: { osType: 'Windows' as const, name: 'disk' } },
    osProfile: { adminUsername: 'me', adminPassword: 'hunter2', customData: 'c2VjcmV0', secrets: [{}] },
    networkProfile: { networkInterfaces: [{ id: '/n/b' }, { id: '/n/a', primary: true }] },
    timeCreated: new Date('2026-01-02T03:04:05Z'),
  };
  expect(slimMachine(raw)).toEqual({
    id: '/x/vm-1',
    vmId: 'id',
    name: 'vm-1',
    location: 'westeurope',
    size: 'Standard_B2s',
    os: 'Windows',
    provisioningState: null,
    adminUsername: 'me',
    zones: [],
    tags: {},
    timeCreated: '2026-01-02T03:04:05.000Z',
    nics: ['/n/a', '/n/b'],
  });
});

it('makes absent members null, and takes the name from the id', () => {
  expect(slimMachine({ id: '/x/vm-2' })).toMatchObject({
    name: 'vm-2',
    vmId: null,
    size: null,
    os: null,
    nics: [],
    timeCreated: null,
  });
  expect(slimStatus({})).toEqual({ id: '', vmId: null, location: null, powerState: null, provisioningState: null });
  expect(slimPublicIp({ id: '/p/a' })).toEqual({ id: '/p/a', ip: null });
  expect(slimNic({})).toEqual({ id: '', privateIps: [], publicIpIds: [] });
});

it('reads the states of an instance view, and none where there is none', () => {
  const statuses = [
    { code: 'ProvisioningState/failed/AllocationFailed' },
    { code: 'PowerState/deallocated' },
    { code: 'OSState/generalized' },
    {},
  ];
  expect(slimInstanceView({ statuses })).toEqual({ powerState: 'deallocated', provisioningState: 'Failed' });
  expect(slimInstanceView({ statuses: [{ code: 'PowerState/' }] })).toEqual({
    powerState: null,
    provisioningState: null,
  });
});

it('puts the primary configuration of an interface first, and keeps the order of the others', () => {
  const ipConfigurations = [
    { privateIPAddress: '10.0.0.5', publicIPAddress: { id: '/p/b' } },
    { privateIPAddress: '10.0.0.4', primary: true, publicIPAddress: { id: '/p/a' } },
    { privateIPAddress: 'fd00::4' },
  ];
  expect(slimNic({ id: '/n/a', ipConfigurations })).toEqual({
    id: '/n/a',
    privateIps: ['10.0.0.4', '10.0.0.5', 'fd00::4'],
    publicIpIds: ['/p/a', '/p/b'],
  });
});
