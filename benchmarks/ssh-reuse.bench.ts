import { type OpenComparison, type Side, suite, type SuiteContext } from '@azfleet/bench';
import { controlMasterSide } from './ssh/control-master.ts';
import { startFleet } from './ssh/fleet.ts';
import { withoutSshd } from './ssh/no-sshd.ts';
import { warmClient } from './ssh/warm-client.ts';
import type { WarmSide } from './ssh/warm-side.ts';

/** A command on an open connection takes one; a few more may be needed for other things. */
const MOST_FLIGHTS = 1.3;

export default suite({
  about: 'one more command on 1, 10 and 50 machines with open connections: reuse, round trips, beside ControlMaster',
  open: (context) => ({
    comparisons: [0, 50].flatMap((roundTripMs) =>
      [1, 10, 50].map((machines) => () => warm(context, machines, roundTripMs)),
    ),
  }),
});

async function warm(context: SuiteContext, machines: number, roundTripMs: number): Promise<OpenComparison> {
  const name = `warm-${roundTripMs}ms-${machines}`;
  const missing = withoutSshd(name);
  if (missing !== undefined) return missing;
  const fleet = await startFleet(context, machines, roundTripMs);
  const sides: (Side | WarmSide)[] = [];
  const close = async (): Promise<void> => {
    for (const side of sides) if ('close' in side) await side.close();
    await fleet.close();
  };
  try {
    sides.push(await warmClient('azfleet', context, fleet));
    sides.push(await warmClient('ssh2', context, fleet));
    sides.push(await controlMasterSide(context, fleet));
  } catch (error) {
    await close();
    throw error;
  }
  const closeAndCheck = async (): Promise<void> => {
    await close();
    // At no distance, what is sent on its own arrives together or does not, as it happens.
    if (roundTripMs > 0) checkFlights(name, sides);
  };
  return { name, against: 'control-master', sides, rounds: 20, close: closeAndCheck };
}

/** @throws Error where azfleet waits for more round trips than it should */
function checkFlights(name: string, sides: readonly (Side | WarmSide)[]): void {
  for (const side of sides) {
    if (!('flightsPerCommand' in side)) continue;
    const flights = side.flightsPerCommand();
    console.log(`${name}/${side.name}: ${flights.toFixed(2)} round trips a command`);
    if (side.name === 'azfleet' && !(flights <= MOST_FLIGHTS)) {
      throw new Error(`${flights.toFixed(2)} round trips a command, more than ${MOST_FLIGHTS}`);
    }
  }
}
