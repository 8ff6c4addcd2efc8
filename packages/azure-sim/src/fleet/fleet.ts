import { AzureSimError, unknownSubscription } from '../errors.ts';
import { swappedAddresses, withAddresses, withPublicIps } from './addresses.ts';
import { Collection } from './collection.ts';
import type { Estate } from './estate.ts';
import { plainMachine } from './generate.ts';
import { idKey, machineId } from './ids.ts';
import type { SimMachine, SimMachineChange, SimMachineSpec, SimNic } from './machine.ts';
import { Network } from './network.ts';
import type { StoredMachine } from './stored.ts';

/** The simulated machines, to be changed behind the client's back. */
export interface SimFleet {
  /** The machines of one subscription, or of all, in the order in which they were made. */
  machines(subscriptionId?: string): readonly SimMachine[];
  /**
   * Adds a machine. What is not said is an ordinary one's: Linux, running, one static public address, in the first
   * subscription, named `vm-01`, `vm-02`, …
   *
   * @throws AzureSimError `DUPLICATE_MACHINE`, `UNKNOWN_SUBSCRIPTION`
   */
  add(machine?: SimMachineChange): SimMachine;
  /**
   * Takes a machine away, with its interfaces and addresses.
   *
   * @param name its name, `GROUP/NAME` or resource id
   * @throws AzureSimError `UNKNOWN_MACHINE`, `AMBIGUOUS_MACHINE`
   */
  remove(name: string): void;
  /**
   * Changes a machine. Its place in the lists stays.
   *
   * @param name its name, `GROUP/NAME` or resource id
   * @throws AzureSimError `UNKNOWN_MACHINE`, `AMBIGUOUS_MACHINE`, `DUPLICATE_MACHINE`, `UNKNOWN_SUBSCRIPTION`
   */
  change(name: string, change: SimMachineChange): void;
  /**
   * Swaps the primary addresses of two machines: the private ones, and the public ones where both have one.
   *
   * @param first its name, `GROUP/NAME` or resource id
   * @throws AzureSimError `UNKNOWN_MACHINE`, `AMBIGUOUS_MACHINE`
   */
  swapAddresses(first: string, second: string): void;
}

/** The state of Azure that the routes read: machines, their network resources and the resource groups. */
export class Fleet implements SimFleet {
  readonly collection = new Collection<StoredMachine>();
  readonly network = new Network();
  /** Lower-cased name → group, by subscription. A group stays when its last machine goes. */
  readonly groups = new Map<string, Map<string, { name: string; location: string }>>();
  /** Called after each change of a machine. */
  onChange: () => void = () => {};
  readonly #placed: (address: string) => string;
  readonly #estates: readonly Estate[];
  readonly #byName = new Map<string, Set<StoredMachine>>();
  #sequence = 0;
  #added = 0;

  /** @param placed what becomes of an address: where a machine has an SSH server, it is one that can be reached */
  constructor(estates: readonly Estate[], placed: (address: string) => string = (address) => address) {
    this.#placed = placed;
    this.#estates = estates;
    for (const { subscriptionId } of estates) this.groups.set(subscriptionId, new Map());
  }

  machines(subscriptionId?: string): readonly SimMachine[] {
    const ids =
      subscriptionId === undefined
        ? this.#estates.map((estate) => estate.subscriptionId)
        : [subscriptionId.toLowerCase()];
    return ids.flatMap((id) => this.collection.all(id));
  }

  /** Adds a machine as it is, as the generator does. */
  insert(spec: SimMachineSpec): SimMachine {
    return this.#store(spec, this.#nextSequence(), 1);
  }

  /** Adds an interface and a public address that belong to no machine. */
  insertUnattached(place: { subscriptionId: string; resourceGroup: string; location: string }): void {
    this.network.insertUnattached(place, this.#nextSequence());
  }

  add(machine: SimMachineChange = {}): SimMachine {
    const estate = this.#estate(machine.subscriptionId ?? this.#estates[0]?.subscriptionId ?? '');
    // Far from the generated machines' addresses, and different for each that is added.
    this.#added += 1;
    const number = (1 << 15) + this.#added;
    const plain = plainMachine({ ...estate, firstAddress: 0 }, number, machine.name ?? this.#freeName());
    return this.insert(applied(plain, machine, number));
  }

  remove(name: string): void {
    this.#drop(this.find(name));
  }

  change(name: string, change: SimMachineChange): void {
    const before = this.find(name);
    const after = applied(before, change, before.sequence);
    this.#estate(after.subscriptionId);
    this.#drop(before);
    try {
      this.#store(after, before.sequence, before.version + 1);
    } catch (error) {
      this.#store(before, before.sequence, before.version);
      throw error;
    }
  }

  swapAddresses(first: string, second: string): void {
    const [one, other] = [this.find(first), this.find(second)];
    const [nics, otherNics] = swappedAddresses(one.nics, other.nics);
    this.change(one.id, { nics });
    this.change(other.id, { nics: otherNics });
  }

  #store(unplaced: SimMachineSpec, sequence: number, version: number): StoredMachine {
    const spec = { ...unplaced, nics: withAddresses(unplaced.nics, this.#placed) };
    const id = machineId(spec, spec.name);
    const addresses = { publicIps: publicIpsOf(spec), privateIps: privateIpsOf(spec) };
    const machine: StoredMachine = Object.freeze({ ...spec, ...addresses, id, sequence, version });
    const taken = this.collection.get(id)?.id ?? this.network.taken(machine);
    if (taken !== undefined) throw duplicate(taken);
    this.collection.insert(machine);
    this.network.attach(machine);
    this.#keepGroup(machine);
    const sameName = this.#byName.get(idKey(machine.name)) ?? new Set();
    this.#byName.set(idKey(machine.name), sameName.add(machine));
    this.onChange();
    return machine;
  }

  #drop(machine: StoredMachine): void {
    this.collection.remove(machine);
    this.network.detach(machine);
    this.#byName.get(idKey(machine.name))?.delete(machine);
    this.onChange();
  }

  #keepGroup({ subscriptionId, resourceGroup, location }: SimMachine): void {
    const groups = this.groups.get(subscriptionId);
    const key = resourceGroup.toLowerCase();
    if (groups !== undefined && !groups.has(key)) groups.set(key, { name: resourceGroup, location });
  }

  /**
   * The machine of a name, `GROUP/NAME` or resource id.
   *
   * @throws AzureSimError `UNKNOWN_MACHINE`, `AMBIGUOUS_MACHINE`
   */
  find(reference: string): StoredMachine {
    const [name = '', group] = reference.startsWith('/') ? [] : reference.split('/').toReversed();
    const sameName = [...(this.#byName.get(idKey(name)) ?? [])];
    const byId = this.collection.get(reference);
    const found =
      byId === undefined
        ? sameName.filter((machine) => group === undefined || idKey(machine.resourceGroup) === idKey(group))
        : [byId];
    const [machine] = found;
    if (machine === undefined) {
      const hint = 'Names are those of fleet.machines().';
      throw new AzureSimError('UNKNOWN_MACHINE', `There is no machine \`${reference}\`.`, { hint });
    }
    if (found.length > 1) {
      const hint = `Give one of ${found.map(({ id }) => id).join(', ')}.`;
      throw new AzureSimError('AMBIGUOUS_MACHINE', `\`${reference}\` fits ${found.length} machines.`, { hint });
    }
    return machine;
  }

  #estate(subscriptionId: string): Estate {
    const estate = this.#estates.find((candidate) => candidate.subscriptionId === subscriptionId);
    if (estate !== undefined) return estate;
    throw unknownSubscription(subscriptionId, [...this.groups.keys()]);
  }

  #nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  #freeName(): string {
    for (let number = this.#added; ; number += 1) {
      const name = `vm-${String(number).padStart(2, '0')}`;
      if ((this.#byName.get(name)?.size ?? 0) === 0) return name;
    }
  }
}

function applied(machine: SimMachineSpec, change: SimMachineChange, number: number): SimMachineSpec {
  const { publicIps, ...rest } = change;
  const changed = { ...machine, ...rest };
  if (publicIps === undefined || change.nics !== undefined) return changed;
  return { ...changed, nics: withPublicIps(changed.name, number, changed.nics, publicIps) };
}

function configurations(nics: readonly SimNic[]): SimNic['ipConfigurations'] {
  return nics.flatMap((nic) => nic.ipConfigurations);
}

function publicIpsOf({ nics, powerState }: SimMachineSpec): readonly string[] {
  return configurations(nics)
    .flatMap(({ publicIp }) => publicIp ?? [])
    .filter(({ allocation }) => allocation === 'Static' || powerState !== 'deallocated')
    .map(({ address }) => address);
}

function privateIpsOf({ nics }: SimMachineSpec): readonly string[] {
  return configurations(nics).map(({ privateIp }) => privateIp);
}

function duplicate(id: string): AzureSimError {
  const hint = 'Give another name or group, or remove the machine that has it.';
  return new AzureSimError('DUPLICATE_MACHINE', `There is a resource \`${id}\` already.`, { hint });
}
