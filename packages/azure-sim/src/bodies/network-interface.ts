import { machineId, publicIpId, upperCaseGroup } from '../fleet/ids.ts';
import type { SimIpConfiguration } from '../fleet/machine.ts';
import type { StoredNic } from '../fleet/stored.ts';
import { stableUuid } from '../random.ts';

/** Gives the body to put in place of a public address's mere id: for `$expand=ipConfigurations/publicIPAddress`. */
export type ExpandPublicIp = (id: string) => object | undefined;

/** An interface, as a list or a get answers it. Its machine's group is in upper case. */
export function networkInterface(stored: StoredNic, expand?: ExpandPublicIp): object {
  const { id, nic, location, machine, primary, subscriptionId, resourceGroup } = stored;
  const configurations = nic.ipConfigurations.map((configuration, index) =>
    ipConfiguration(stored, configuration, index === 0, expand),
  );
  const etag = etagOf(stored);
  const endpoint = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/privateEndpoints/storage-pe`;
  return {
    name: nic.name,
    id,
    etag,
    type: 'Microsoft.Network/networkInterfaces',
    location,
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: stableUuid(id),
      ipConfigurations: configurations,
      dnsSettings: { dnsServers: [], appliedDnsServers: [] },
      enableAcceleratedNetworking: false,
      enableIPForwarding: false,
      primary,
      nicType: 'Standard',
      ...(machine === undefined
        ? { privateEndpoint: { id: endpoint } }
        : { virtualMachine: { id: machineId(upperCaseGroup(machine), machine.name) } }),
    },
  };
}

function ipConfiguration(
  stored: StoredNic,
  { name, privateIp, version, publicIp }: SimIpConfiguration,
  primary: boolean,
  expand: ExpandPublicIp | undefined,
): object {
  const id = `${stored.id}/ipConfigurations/${name}`;
  const etag = etagOf(stored);
  const subnet = `${stored.id.split('/networkInterfaces/')[0]}/virtualNetworks/vnet/subnets/default`;
  return {
    name,
    id,
    etag,
    type: 'Microsoft.Network/networkInterfaces/ipConfigurations',
    properties: {
      provisioningState: 'Succeeded',
      privateIPAddress: privateIp,
      privateIPAllocationMethod: 'Dynamic',
      privateIPAddressVersion: version,
      primary,
      subnet: { id: subnet },
      ...(publicIp === undefined ? {} : { publicIPAddress: publicIpReference(stored, publicIp.name, expand) }),
    },
  };
}

/** The id is as whoever made the interface wrote it: that of every third machine is in another case. */
function publicIpReference(stored: StoredNic, name: string, expand: ExpandPublicIp | undefined): object {
  const other = (stored.machine?.sequence ?? 1) % 3 === 0;
  const id = publicIpId(other ? upperCaseGroup(stored) : stored, name);
  return expand?.(id) ?? { id };
}

function etagOf({ id, machine }: StoredNic): string {
  return `W/"${stableUuid(id, 'etag', machine?.version ?? 1)}"`;
}
