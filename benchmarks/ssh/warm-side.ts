import type { WholeSide } from '@azfleet/bench';
import type { SshFleet } from './fleet.ts';

/** A side that keeps its connections. */
export interface WarmSide extends WholeSide {
  /** Round trips that a command has waited for, on average over all repetitions. */
  flightsPerCommand(): number;
  close(): Promise<void>;
}

interface Client {
  /** Runs `true` on all machines, and returns the seconds that it took. */
  runOnAll(): Promise<number>;
  close(): Promise<void>;
}

/**
 * Counts, at the servers and on the way, what each repetition of an SSH client costs: a command without a hand-shake is a
 * hit among the connections. The first run, which connects to all machines, is over when this returns.
 */
export async function countedWarm(name: string, fleet: SshFleet, client: Client): Promise<WarmSide> {
  const { length: commands } = fleet.machines;
  await client.runOnAll();
  let all = 0;
  let flights = 0;
  return {
    name,
    async whole() {
      const before = { handshakes: fleet.handshakes(), flights: fleet.flights() };
      const seconds = await client.runOnAll();
      const handshakes = fleet.handshakes() - before.handshakes;
      flights += fleet.flights() - before.flights;
      all += commands;
      return { seconds, counts: { handshakes, cacheHits: commands - handshakes, cacheMisses: handshakes } };
    },
    flightsPerCommand: () => flights / all,
    close: () => client.close(),
  };
}
