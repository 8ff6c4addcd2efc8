import type { SlimMachine, SlimNic, SlimStatus } from '../src/slim.ts';

export const SUBSCRIPTION = '00000000-0000-0000-0000-000000000001';

export function idOf(type: string, name: string, group = 'rg'): string {
  const namespace = type === 'virtualMachines' ? 'Microsoft.Compute' : 'Microsoft.Network';
  return `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}/providers/${namespace}/${type}/${name}`;
}

export function machine(name: string, members: Partial<SlimMachine> = {}): SlimMachine {
  return {
    id: idOf('virtualMachines', name),
    vmId: `id-of-${name}`,
    name,
    location: 'westeurope',
    size: 'Standard_B2s',
    os: 'Linux',
    provisioningState: 'Succeeded',
    adminUsername: 'azureuser',
    zones: [],
    tags: {},
    timeCreated: '2026-01-02T03:04:05.000Z',
    nics: [idOf('networkInterfaces', `${name}-nic`)],
    ...members,
  };
}

export function status(name: string, members: Partial<SlimStatus> = {}): SlimStatus {
  return {
    id: idOf('virtualMachines', name),
    vmId: `id-of-${name}`,
    location: 'westeurope',
    powerState: 'running',
    provisioningState: 'Succeeded',
    ...members,
  };
}

export function nic(name: string, members: Partial<SlimNic> = {}): SlimNic {
  return {
    id: idOf('networkInterfaces', name),
    privateIps: ['10.0.0.4'],
    publicIpIds: [idOf('publicIPAddresses', `${name}-ip`)],
    ...members,
  };
}

export function publicIp(name: string, ip: string | null): { id: string; ip: string | null } {
  return { id: idOf('publicIPAddresses', name), ip };
}
