import type { StoredMachine } from '../fleet/stored.ts';

/** The `instanceView` member of a machine's answer: its statuses and, while it runs, what its agent tells. */
export function instanceView(machine: StoredMachine): object {
  const { os, powerState, name, timeCreated } = machine;
  const started = powerState === 'running';
  const windows = os === 'Windows';
  const seen = windows
    ? { osName: 'Windows Server 2022 Datacenter', osVersion: '10.0.20348.2527' }
    : { osName: 'ubuntu', osVersion: '24.04' };
  return {
    ...(started ? { computerName: name, ...seen, vmAgent: agent(windows, timeCreated) } : {}),
    disks: [{ name: `${name}_OsDisk_1`, statuses: [succeeded(timeCreated)] }],
    hyperVGeneration: 'V2',
    statuses: [provisioningStatus(machine), ...powerStatus(machine)],
  };
}

function provisioningStatus({ provisioningState, timeCreated }: StoredMachine): object {
  if (provisioningState === 'Succeeded') return succeeded(timeCreated);
  if (provisioningState !== 'Failed') {
    const state = provisioningState.toLowerCase();
    return { code: `ProvisioningState/${state}`, level: 'Info', displayStatus: provisioningState, time: timeCreated };
  }
  return {
    code: 'ProvisioningState/failed/AllocationFailed',
    level: 'Error',
    displayStatus: 'Provisioning failed',
    message: 'Allocation failed. There is not enough capacity for the requested VM size in this region.',
    time: timeCreated,
  };
}

function powerStatus({ powerState }: StoredMachine): object[] {
  return powerState === 'unknown'
    ? []
    : [{ code: `PowerState/${powerState}`, level: 'Info', displayStatus: `VM ${powerState}` }];
}

function agent(windows: boolean, time: string): object {
  const ready = { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Ready', time };
  return { vmAgentVersion: windows ? '2.7.41491.1121' : '2.12.0.4', statuses: [ready], extensionHandlers: [] };
}

function succeeded(time: string): object {
  return { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded', time };
}
