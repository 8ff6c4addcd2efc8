import type { AzureSim, SimMachine } from '@azfleet/azure-sim';

/** The machines that answer over SSH. */
export function answeringMachines({ ssh, fleet }: AzureSim): readonly SimMachine[] {
  if (ssh === undefined) return [];
  return fleet.machines().filter(({ os, powerState }) => os === 'Linux' && powerState === 'running');
}

/** Makes the last `count` of those that answer silent, and returns their names. */
export function killMachines(sim: AzureSim, count: number): readonly string[] {
  const dead = count === 0 ? [] : answeringMachines(sim).slice(-count);
  for (const { id } of dead) sim.ssh!.inject(id, 'silent');
  return dead.map(({ name }) => name);
}
