import type { Measured } from '@azfleet/bench';
import type { SshMachines } from './machines.ts';

/** One repetition that connects to every machine. @throws Error where it did not, or more than once */
export async function countHandshakes(fleet: SshMachines, measure: () => Promise<Measured>): Promise<Measured> {
  const before = fleet.handshakes();
  const measured = await measure();
  const handshakes = fleet.handshakes() - before;
  const wanted = fleet.machines.length;
  if (handshakes !== wanted) throw new Error(`there were ${handshakes} hand-shakes with ${wanted} machines`);
  return { ...measured, counts: { ...measured.counts, handshakes } };
}
