import { type OpenComparison, type Side, suite, type SuiteContext } from '@azfleet/bench';
import { azfleetSide, azfleetWithoutCache, firstRun } from './distributed/azfleet-run.ts';
import { deadHosts } from './distributed/dead-hosts.ts';
import type { RunFleet } from './distributed/run-fleet.ts';
import { openSimFleet } from './distributed/sim-fleet.ts';
import { openSshdFleet } from './distributed/sshd-fleet.ts';
import { withoutSshd } from './ssh/no-sshd.ts';
import { coldSide } from './ssh/node-clients.ts';
import { parallelSides } from './ssh/parallel-clients.ts';

export default suite({
  about:
    'azfleet run on 10, 50 and 500 machines at 0 and 50 ms, the whole process, beside clush, pdsh, pssh; dead hosts',
  open: (context) => ({
    comparisons: [
      ...[0, 50].flatMap((roundTripMs) => [10, 50, 500].map((count) => () => cold(context, count, roundTripMs))),
      () => deadHosts(context),
    ],
  }),
});

/** More machines take those that start a process for each too long. */
const MOST_PROCESSES = 50;

/** On OpenSSH's own server; where they are too many for it, on the simulator's. */
async function cold(context: SuiteContext, count: number, roundTripMs: number): Promise<OpenComparison> {
  const name = `cold-${roundTripMs}ms-${count}`;
  const missing = count <= MOST_PROCESSES ? withoutSshd(name) : undefined;
  if (missing !== undefined) return missing;
  const open = count <= MOST_PROCESSES ? openSshdFleet : openSimFleet;
  const fleet = await open(context, count, roundTripMs);
  try {
    await firstRun(context, fleet);
    return {
      name,
      against: 'ssh2',
      sides: await sidesOn(context, fleet),
      rounds: count <= 10 ? 10 : 6,
      close: () => fleet.close(),
    };
  } catch (error) {
    await fleet.close();
    throw error;
  }
}

async function sidesOn(context: SuiteContext, fleet: RunFleet): Promise<Side[]> {
  const sides = [azfleetSide(context, fleet), await coldSide(context, 'ssh2', fleet)];
  if (fleet.machines.length > MOST_PROCESSES) return sides;
  const others = parallelSides(context, fleet).filter(({ name }) => name !== 'ssh-xargs');
  return [...sides, azfleetWithoutCache(context, fleet), ...others];
}
