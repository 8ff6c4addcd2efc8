import type { Vm } from './fleet.ts';
import { foldId, partsOfId } from './ids.ts';
import type { SlimMachine, SlimNic, SlimPublicIp, SlimStatus } from './slim.ts';

/** The four answers of a subscription; undefined is an answer that could not be had. */
export interface Answers {
  machines: readonly SlimMachine[] | undefined;
  statuses: readonly SlimStatus[] | undefined;
  nics: readonly SlimNic[] | undefined;
  publicIps: readonly SlimPublicIp[] | undefined;
}

/**
 * Joins the four answers by resource id. A machine that only one of the list and the status names is shown with what is
 * known of it; nothing is dropped, and nothing that is not known is made up.
 */
export function joinFleet(subscriptionId: string, answers: Answers): Vm[] {
  const index = indexAnswers(answers);
  // By id: a machine may be on two pages when others are created or deleted between the two.
  const machines = byId(answers.machines ?? []);
  const vms = [...machines.values()].map((machine) => joinMachine(subscriptionId, machine, index));
  for (const [id, status] of index.statuses ?? []) {
    if (!machines.has(id)) vms.push(statusOnlyMachine(subscriptionId, status));
  }
  return vms;
}

interface Index {
  statuses: Map<string, SlimStatus> | undefined;
  nics: Map<string, SlimNic> | undefined;
  publicIps: Map<string, SlimPublicIp> | undefined;
}

function indexAnswers(answers: Answers): Index {
  return {
    statuses: answers.statuses && byId(answers.statuses),
    nics: answers.nics && byId(answers.nics),
    publicIps: answers.publicIps && byId(answers.publicIps),
  };
}

/** In the order of the items, by folded id. */
export function byId<T extends { id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [foldId(item.id), item]));
}

function joinMachine(subscriptionId: string, machine: SlimMachine, index: Index): Vm {
  const status = index.statuses?.get(foldId(machine.id));
  const powerState = status?.powerState ?? null;
  const provisioningState = status?.provisioningState ?? machine.provisioningState;
  const { privateIps, publicIps } = addressesOf(machine, index);
  return {
    id: machine.id,
    vmId: machine.vmId,
    name: machine.name,
    resourceGroup: partsOfId(machine.id).resourceGroup,
    subscriptionId,
    location: machine.location,
    size: machine.size,
    os: machine.os,
    powerState: powerState ?? 'unknown',
    provisioningState: provisioningState ?? 'unknown',
    publicIps,
    privateIps,
    adminUsername: machine.adminUsername,
    zones: machine.zones,
    tags: machine.tags,
    timeCreated: machine.timeCreated,
    unknown: unknownOf({ powerState, provisioningState, publicIps, privateIps }),
  };
}

/** Null where an interface, or an address it refers to, is not in the answers: not known, which is not the same as none. */
function addressesOf(machine: SlimMachine, index: Index): Pick<Vm, 'publicIps' | 'privateIps'> {
  const nics: SlimNic[] = [];
  for (const id of machine.nics) {
    const nic = index.nics?.get(foldId(id));
    if (nic === undefined) return { publicIps: null, privateIps: null };
    nics.push(nic);
  }
  return {
    publicIps: publicAddresses(
      nics.flatMap((nic) => nic.publicIpIds),
      index.publicIps,
    ),
    privateIps: [...new Set(nics.flatMap((nic) => nic.privateIps))],
  };
}

function publicAddresses(ids: readonly string[], publicIps: Index['publicIps']): string[] | null {
  const addresses = new Set<string>();
  for (const id of ids) {
    const address = publicIps?.get(foldId(id));
    if (address === undefined) return null;
    if (address.ip !== null) addresses.add(address.ip);
  }
  return [...addresses];
}

function statusOnlyMachine(subscriptionId: string, status: SlimStatus): Vm {
  const { resourceGroup, name } = partsOfId(status.id);
  const { vmId, location, powerState, provisioningState } = status;
  return {
    id: status.id,
    vmId,
    name,
    resourceGroup,
    subscriptionId,
    location,
    size: null,
    os: null,
    powerState: powerState ?? 'unknown',
    provisioningState: provisioningState ?? 'unknown',
    publicIps: null,
    privateIps: null,
    adminUsername: null,
    zones: null,
    tags: null,
    timeCreated: null,
    unknown: [
      ...(vmId === null ? ['vmId'] : []),
      ...(location === null ? ['location'] : []),
      'size',
      'os',
      ...unknownOf({ powerState, provisioningState, publicIps: null, privateIps: null }),
      'adminUsername',
      'zones',
      'tags',
      'timeCreated',
    ],
  };
}

function unknownOf(members: Record<string, unknown>): string[] {
  return Object.keys(members).filter((name) => members[name] === null);
}
