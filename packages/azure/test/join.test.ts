import { describe, expect, it } from 'vitest';

import { joinFleet } from '../src/join.ts';
import { idOf, machine, nic, publicIp, status, SUBSCRIPTION } from './fixtures.ts';

const shouting = (id: string): string => id.toUpperCase();

describe('joining the four answers', () => {
  it('gives each machine its state and its addresses', () => {
    const [vm] = joinFleet(SUBSCRIPTION, {
      machines: [machine('vm-1', { zones: ['1'], tags: { role: 'web' } })],
      statuses: [status('vm-1', { powerState: 'deallocated' })],
      nics: [nic('vm-1-nic')],
      publicIps: [publicIp('vm-1-nic-ip', '198.51.100.7')],
    });
    expect(vm).toEqual({
      id: idOf('virtualMachines', 'vm-1'),
      vmId: 'id-of-vm-1',
      name: 'vm-1',
      resourceGroup: 'rg',
      subscriptionId: SUBSCRIPTION,
      location: 'westeurope',
      size: 'Standard_B2s',
      os: 'Linux',
      powerState: 'deallocated',
      provisioningState: 'Succeeded',
      publicIps: ['198.51.100.7'],
      privateIps: ['10.0.0.4'],
      adminUsername: 'azureuser',
      zones: ['1'],
      tags: { role: 'web' },
      timeCreated: '2026-01-02T03:04:05.000Z',
      unknown: [],
    });
  });

  it('names the members in the order of the documented JSON', () => {
    const [vm] = joinFleet(SUBSCRIPTION, { machines: [machine('vm-1')], statuses: [], nics: [], publicIps: [] });
    expect(Object.keys(vm ?? {}).join(' ')).toBe(
      'id vmId name resourceGroup subscriptionId location size os powerState provisioningState publicIps privateIps ' +
        'adminUsername zones tags timeCreated unknown',
    );
  });

  it('compares ids without regard to case, and shows those of the list', () => {
    const [vm] = joinFleet(SUBSCRIPTION, {
      machines: [machine('Web-1', { nics: [shouting(idOf('networkInterfaces', 'web-nic'))] })],
      statuses: [{ ...status('x'), id: shouting(idOf('virtualMachines', 'Web-1')) }],
      nics: [nic('Web-Nic', { publicIpIds: [shouting(idOf('publicIPAddresses', 'web-ip'))] })],
      publicIps: [publicIp('Web-IP', '198.51.100.7')],
    });
    expect(vm).toMatchObject({
      id: idOf('virtualMachines', 'Web-1'),
      name: 'Web-1',
      powerState: 'running',
      publicIps: ['198.51.100.7'],
      unknown: [],
    });
  });

  it('keeps addresses of several interfaces in the order of the machine, IPv6 among them', () => {
    const [vm] = joinFleet(SUBSCRIPTION, {
      machines: [
        machine('vm-1', { nics: [idOf('networkInterfaces', 'primary'), idOf('networkInterfaces', 'second')] }),
      ],
      statuses: [status('vm-1')],
      nics: [
        nic('second', { privateIps: ['10.1.0.4'], publicIpIds: [idOf('publicIPAddresses', 'b')] }),
        nic('primary', {
          privateIps: ['10.0.0.4', 'fd00::4'],
          publicIpIds: [idOf('publicIPAddresses', 'a6'), idOf('publicIPAddresses', 'a')],
        }),
      ],
      publicIps: [publicIp('b', '198.51.100.9'), publicIp('a', '198.51.100.8'), publicIp('a6', '2001:db8::8')],
    });
    expect(vm?.privateIps).toEqual(['10.0.0.4', 'fd00::4', '10.1.0.4']);
    expect(vm?.publicIps).toEqual(['2001:db8::8', '198.51.100.8', '198.51.100.9']);
  });

  it('shows a machine once that is on two pages', () => {
    const answers = { nics: [], publicIps: [], statuses: [status('a'), status('b'), status('b')] };
    const vms = joinFleet(SUBSCRIPTION, { ...answers, machines: [machine('a'), machine('b'), machine('a')] });
    expect(vms.map((vm) => vm.name)).toEqual(['a', 'b']);
    expect(joinFleet(SUBSCRIPTION, { ...answers, machines: [] })).toHaveLength(2);
  });

  it('tells none from not known', () => {
    const vms = joinFleet(SUBSCRIPTION, {
      machines: [
        machine('no-nic', { nics: [] }),
        machine('no-public', { nics: [idOf('networkInterfaces', 'inner')] }),
        machine('unallocated', { nics: [idOf('networkInterfaces', 'dynamic')] }),
        machine('missing-nic', { nics: [idOf('networkInterfaces', 'inner'), idOf('networkInterfaces', 'gone')] }),
        machine('missing-ip', { nics: [idOf('networkInterfaces', 'lost')] }),
      ],
      statuses: undefined,
      nics: [nic('inner', { publicIpIds: [] }), nic('dynamic'), nic('lost')],
      publicIps: [publicIp('dynamic-ip', null)],
    });
    const [noNic, noPublic, unallocated, missingNic, missingIp] = vms;
    expect(noNic).toMatchObject({ publicIps: [], privateIps: [], unknown: ['powerState'] });
    expect(noPublic).toMatchObject({ publicIps: [], privateIps: ['10.0.0.4'], unknown: ['powerState'] });
    expect(unallocated).toMatchObject({ publicIps: [], unknown: ['powerState'] });
    expect(missingNic).toMatchObject({
      publicIps: null,
      privateIps: null,
      unknown: ['powerState', 'publicIps', 'privateIps'],
    });
    expect(missingIp).toMatchObject({
      publicIps: null,
      privateIps: ['10.0.0.4'],
      unknown: ['powerState', 'publicIps'],
    });
    expect(vms.map((vm) => vm.powerState)).toEqual(Array.from({ length: 5 }, () => 'unknown'));
  });

  it('knows that there is no public address although the list of addresses failed', () => {
    const [vm] = joinFleet(SUBSCRIPTION, {
      machines: [machine('vm-1')],
      statuses: [status('vm-1')],
      nics: [nic('vm-1-nic', { publicIpIds: [] })],
      publicIps: undefined,
    });
    expect(vm).toMatchObject({ publicIps: [], unknown: [] });
  });

  it('shows a machine that only the status names with what is known of it', () => {
    const [vm] = joinFleet(SUBSCRIPTION, { machines: [], statuses: [status('new')], nics: [], publicIps: [] });
    expect(vm).toMatchObject({
      name: 'new',
      resourceGroup: 'rg',
      powerState: 'running',
      location: 'westeurope',
      size: null,
    });
    expect(vm?.unknown).toEqual([
      'size',
      'os',
      'publicIps',
      'privateIps',
      'adminUsername',
      'zones',
      'tags',
      'timeCreated',
    ]);
    const bare = joinFleet(SUBSCRIPTION, {
      machines: undefined,
      statuses: [status('new', { vmId: null, location: null, powerState: null, provisioningState: null })],
      nics: undefined,
      publicIps: undefined,
    });
    expect(bare[0]?.unknown.slice(0, 6)).toEqual(['vmId', 'location', 'size', 'os', 'powerState', 'provisioningState']);
  });

  it("takes the newer provisioning state, and the list's where the status has none", () => {
    const vms = joinFleet(SUBSCRIPTION, {
      machines: [
        machine('a', { provisioningState: 'Updating' }),
        machine('b', { provisioningState: 'Updating' }),
        machine('c', { provisioningState: null }),
      ],
      statuses: [status('a', { provisioningState: 'Failed' }), status('b', { provisioningState: null })],
      nics: [],
      publicIps: [],
    });
    expect(vms.map((vm) => vm.provisioningState)).toEqual(['Failed', 'Updating', 'unknown']);
  });
});
