import { Buffer } from 'node:buffer';
import { groupId, machineId, nicId, upperCaseGroup } from '../fleet/ids.ts';
import type { StoredMachine } from '../fleet/stored.ts';
import { instanceView } from './instance-view.ts';

const type = 'Microsoft.Compute/virtualMachines';

/** A machine's model, as a list or a get answers it. */
export function virtualMachine(machine: StoredMachine, expand: ReadonlySet<string> = new Set()): object {
  const { name, location, tags, zones, id, version } = machine;
  const properties = {
    ...shared(machine),
    storageProfile: storageProfile(machine),
    osProfile: osProfile(machine),
    networkProfile: { networkInterfaces: networkInterfaces(machine) },
    diagnosticsProfile: { bootDiagnostics: { enabled: true } },
    ...(expand.has('instanceview') ? { instanceView: instanceView(machine) } : {}),
    ...(expand.has('userdata') ? userData(machine) : {}),
  };
  return {
    name,
    id,
    type,
    location,
    ...(tags === undefined ? {} : { tags }),
    ...(zones.length === 0 ? {} : { zones }),
    properties,
    etag: `"${version}"`,
  };
}

/** A machine in a `statusOnly=true` listing: an instance view; no tags, no networkProfile; the group in upper case. */
export function virtualMachineStatus(machine: StoredMachine): object {
  const id = machineId(upperCaseGroup(machine), machine.name);
  const properties = { ...shared(machine), instanceView: instanceView(machine) };
  return { name: machine.name, id, type, location: machine.location, properties };
}

function shared({ vmId, size, provisioningState, timeCreated }: StoredMachine): object {
  return { hardwareProfile: { vmSize: size }, provisioningState, vmId, timeCreated };
}

function storageProfile(machine: StoredMachine): object {
  const { os, name } = machine;
  const imageReference =
    os === 'Windows'
      ? {
          publisher: 'MicrosoftWindowsServer',
          offer: 'WindowsServer',
          sku: '2022-datacenter',
          exactVersion: '20348.2527.240619',
        }
      : { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', exactVersion: '24.04.202505010' };
  const diskName = `${name}_OsDisk_1`;
  const disk = `${groupId(upperCaseGroup(machine))}/providers/Microsoft.Compute/disks/${diskName}`;
  return {
    imageReference: { ...imageReference, version: 'latest' },
    osDisk: {
      osType: os,
      name: diskName,
      createOption: 'FromImage',
      caching: 'ReadWrite',
      managedDisk: { storageAccountType: 'Premium_LRS', id: disk },
      deleteOption: 'Detach',
      diskSizeGB: os === 'Windows' ? 127 : 30,
    },
    dataDisks: [],
    diskControllerType: 'SCSI',
  };
}

function osProfile({ os, name, adminUsername, sshPublicKeys }: StoredMachine): object {
  const path = `/home/${adminUsername}/.ssh/authorized_keys`;
  const patchSettings = { patchMode: 'ImageDefault', assessmentMode: 'ImageDefault' };
  const configuration =
    os === 'Windows'
      ? { windowsConfiguration: { provisionVMAgent: true, enableAutomaticUpdates: true, patchSettings } }
      : {
          linuxConfiguration: {
            disablePasswordAuthentication: true,
            ssh: { publicKeys: sshPublicKeys.map((keyData) => ({ path, keyData })) },
            provisionVMAgent: true,
            patchSettings,
          },
        };
  return {
    computerName: os === 'Windows' ? name.slice(0, 15) : name,
    adminUsername,
    ...configuration,
    secrets: [],
    allowExtensionOperations: true,
    requireGuestProvisionSignal: true,
  };
}

/**
 * The ids here are as whoever made the machine wrote them, which need not be the case of the interface's own id: every
 * other machine's differ.
 */
function networkInterfaces(machine: StoredMachine): object[] {
  const place = machine.sequence % 2 === 0 ? upperCaseGroup(machine) : machine;
  const several = machine.nics.length > 1;
  return machine.nics.map((nic, index) => ({
    id: nicId(place, nic.name),
    ...(several ? { properties: { primary: index === 0, deleteOption: 'Detach' } } : {}),
  }));
}

function userData({ userData: text }: StoredMachine): object {
  return text === undefined ? {} : { userData: Buffer.from(text).toString('base64') };
}
