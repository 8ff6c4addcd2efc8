import { privateIpv4, publicIpv4 } from './addresses.ts';
import { Collection } from './collection.ts';
import { idKey, nicId, publicIpId } from './ids.ts';
import type { StoredMachine, StoredNic, StoredPublicIp } from './stored.ts';

/** How many network resources one machine may have without getting into the next one's place in the lists. */
const placesAMachine = 1_000;
/** The addresses that no machine uses come after those of generated machines, and before those of added ones. */
const unattachedAddress = 1 << 14;

/** The network interfaces and public addresses, in the order of their machines. */
export class Network {
  readonly nics = new Collection<StoredNic>();
  readonly publicIps = new Collection<StoredPublicIp>();

  attach(machine: StoredMachine): void {
    const { nics, publicIps } = resourcesOf(machine);
    for (const nic of nics) this.nics.insert(nic);
    for (const publicIp of publicIps) this.publicIps.insert(publicIp);
  }

  detach(machine: StoredMachine): void {
    const { nics, publicIps } = resourcesOf(machine);
    for (const nic of nics) this.nics.remove(nic);
    for (const publicIp of publicIps) this.publicIps.remove(publicIp);
  }

  /** The id of the machine's that another resource has already. */
  taken(machine: StoredMachine): string | undefined {
    const { nics, publicIps } = resourcesOf(machine);
    const seen = new Set<string>();
    const isTaken = ({ id }: { id: string }): boolean =>
      this.nics.get(id) !== undefined || this.publicIps.get(id) !== undefined || seen.size === seen.add(idKey(id)).size;
    return [...nics, ...publicIps].find(isTaken)?.id;
  }

  /** A private endpoint's interface and a public address without one: every real subscription has some. */
  insertUnattached(place: { subscriptionId: string; resourceGroup: string; location: string }, sequence: number): void {
    const at = { ...place, sequence: sequence * placesAMachine };
    const number = unattachedAddress + sequence;
    const configuration = { name: 'privateEndpointIpConfig', privateIp: privateIpv4(number) } as const;
    const nic = { name: 'storage-pe.nic', ipConfigurations: [{ ...configuration, version: 'IPv4' as const }] };
    this.nics.insert({ ...at, id: nicId(place, nic.name), nic, primary: false, machine: undefined });
    const publicIp = { name: 'unused-ip', address: publicIpv4(number), allocation: 'Static' } as const;
    const id = publicIpId(place, publicIp.name);
    this.publicIps.insert({ ...at, id, publicIp, version: 'IPv4', zones: [], usedBy: undefined });
  }
}

function resourcesOf(machine: StoredMachine): { nics: StoredNic[]; publicIps: StoredPublicIp[] } {
  const { subscriptionId, resourceGroup, location, zones } = machine;
  const place = { subscriptionId, resourceGroup, location };
  const first = machine.sequence * placesAMachine;
  const nics: StoredNic[] = [];
  const publicIps: StoredPublicIp[] = [];
  for (const nic of machine.nics) {
    const primary = nics.length === 0;
    const stored = { ...place, id: nicId(place, nic.name), sequence: first + nics.length, nic, primary, machine };
    nics.push(stored);
    for (const { name: configuration, publicIp, version } of nic.ipConfigurations) {
      if (publicIp === undefined) continue;
      const sequence = first + publicIps.length;
      const usedBy = { nic: stored, configuration };
      publicIps.push({ ...place, zones, id: publicIpId(place, publicIp.name), sequence, publicIp, version, usedBy });
    }
  }
  return { nics, publicIps };
}
