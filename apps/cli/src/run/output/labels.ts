import type { ListedVm } from '../../fleet/columns.ts';

/** How the machines of a command are called: by name, and where two share one as GROUP/NAME. */
export class Labels {
  /** The length of the longest. */
  readonly longest: number;
  readonly #byId = new Map<string, string>();

  constructor(machines: readonly ListedVm[]) {
    this.#add(machines, [
      ({ name }) => name,
      ({ resourceGroup, name }) => `${resourceGroup}/${name}`,
      ({ subscriptionId, resourceGroup, name }) => `${subscriptionId}/${resourceGroup}/${name}`,
    ]);
    this.longest = Math.max(0, ...[...this.#byId.values()].map(({ length }) => length));
  }

  of(machine: ListedVm): string {
    return this.#byId.get(machineKey(machine)) ?? machine.name;
  }

  /** Gives each machine the first of the forms that is its own, else the last. Azure's names know no case. */
  #add(machines: readonly ListedVm[], [form, ...longer]: readonly ((machine: ListedVm) => string)[]): void {
    const sharing = new Map<string, ListedVm[]>();
    for (const machine of machines) {
      const key = form!(machine).toLowerCase();
      const same = sharing.get(key);
      if (same === undefined) sharing.set(key, [machine]);
      else same.push(machine);
    }
    for (const same of sharing.values()) {
      if (same.length > 1 && longer.length > 0) this.#add(same, longer);
      else for (const machine of same) this.#byId.set(machineKey(machine), form!(machine));
    }
  }
}

/** What a machine is known by while a command runs: Azure answers the same id in different cases. */
export function machineKey({ id }: ListedVm): string {
  return id.toLowerCase();
}
