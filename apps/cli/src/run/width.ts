import { Executor, type ExecutorState } from '@azfleet/executor';
import type { Settings } from '../settings/settings.ts';
import type { RunLimits } from './run-flags.ts';

/** With fewer connections than that, it is not worth halving them. */
const FEW_CONNECTIONS = 8;
const LEAST_WIDTH = 64;

/** How many machines at once. */
export interface Width {
  readonly most: number;
  /** Where nobody may give a slot away, which a machine that is slow to connect otherwise does. */
  readonly bound: number | undefined;
}

/**
 * Machines that are slow to connect give their slot away, and there may be as many of them as slots: with half as many
 * slots as connections, dead machines never keep the others from a connection.
 */
export function widthFor(maxConnections: number, { ssh }: Settings, { width = Infinity, connectMs }: RunLimits): Width {
  const hops = ssh.jump?.split(',').length ?? 0;
  const connections = Math.max(1, maxConnections - hops);
  if (width < connections) return { most: width, bound: width };
  // With a limit of the user's own, slots are not given away.
  const isBounded = connections < FEW_CONNECTIONS || connectMs !== undefined;
  return isBounded
    ? { most: connections, bound: connections }
    : { most: Math.floor(connections / 2), bound: undefined };
}

/**
 * What was learned holds for another command as far as it is about connecting. The width is not: it was found from
 * hand-shakes, which keep this process busy, and a command that takes minutes must not be held up by that. So it begins
 * wide, and goes down only for what is seen this time.
 */
export function forAnotherCommand(learned: ExecutorState): ExecutorState {
  // It comes from a file: the executor itself says what can be read of it.
  const { version, lanes } = new Executor({ state: learned }).state();
  const kept = Object.entries(lanes).map(([name, { width = 0, connectMs, handshakes }]) => {
    return [name, { width: Math.max(width, LEAST_WIDTH), isGrowing: true, connectMs, handshakes }] as const;
  });
  return { version, lanes: Object.fromEntries(kept) };
}
