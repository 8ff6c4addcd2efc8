import type { StoredPublicIp } from '../fleet/stored.ts';
import { stableUuid } from '../random.ts';

/** A public address, as a list or a get answers it. A dynamic one of a deallocated machine has no `ipAddress`. */
export function publicIpAddress(stored: StoredPublicIp): object {
  const { id, publicIp, location, zones, version, usedBy } = stored;
  const { name, address, allocation } = publicIp;
  const taken = allocation === 'Dynamic' && usedBy?.nic.machine?.powerState === 'deallocated';
  return {
    name,
    id,
    etag: `W/"${stableUuid(id, 'etag', usedBy?.nic.machine?.version ?? 1)}"`,
    type: 'Microsoft.Network/publicIPAddresses',
    location,
    ...(allocation === 'Dynamic' || zones.length === 0 ? {} : { zones }),
    sku: { name: allocation === 'Dynamic' ? 'Basic' : 'Standard', tier: 'Regional' },
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: stableUuid(id),
      ...(taken ? {} : { ipAddress: address }),
      publicIPAddressVersion: version,
      publicIPAllocationMethod: allocation,
      idleTimeoutInMinutes: 4,
      ipTags: [],
      ...(usedBy === undefined
        ? {}
        : { ipConfiguration: { id: `${usedBy.nic.id}/ipConfigurations/${usedBy.configuration}` } }),
    },
  };
}
