import type { ListedVm } from '../../src/fleet/columns.ts';

/** A machine with the given members, for tests of what is done with machines. */
export function vm(members: Partial<ListedVm> & { name: string }): ListedVm {
  const resourceGroup = members.resourceGroup ?? 'web';
  const subscriptionId = members.subscriptionId ?? '00000000-0000-0000-0000-000000000001';
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachines/${members.name}`,
    vmId: '11111111-0000-0000-0000-000000000001',
    resourceGroup,
    subscriptionId,
    location: 'westeurope',
    size: 'Standard_B2s',
    os: 'Linux',
    powerState: 'running',
    provisioningState: 'Succeeded',
    publicIps: ['20.1.2.3'],
    privateIps: ['10.0.0.4'],
    adminUsername: 'azureuser',
    zones: ['1'],
    tags: { env: 'prod' },
    timeCreated: '2026-01-01T00:00:00Z',
    unknown: [],
    session: null,
    ...members,
  };
}
