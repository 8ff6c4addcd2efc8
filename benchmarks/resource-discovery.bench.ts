import { type OpenSuite, suite, type SuiteContext } from '@azfleet/bench';
import { azSide } from './support/az.ts';
import { allCached, inSandbox } from './support/comparisons.ts';
import { liveAzfleet } from './support/live.ts';
import { openSandbox } from './support/sandbox.ts';
import { cold } from './support/sides.ts';

const list = ['list', '-s', '*'];
const MACHINES = 20;
const LATENCY_MS = 50;

export default suite({
  about: 'azfleet list of every subscription that there is: 10 and 50 of them beside one, and cached',
  live: true,
  open: (context) => ({ comparisons: context.live ? live(context) : simulated(context) }),
});

function simulated(context: SuiteContext): OpenSuite['comparisons'] {
  return [
    manyBesideOne(context, 10, 20),
    manyBesideOne(context, 50, 10),
    ...[10, 50].map((subscriptions) =>
      inSandbox(context, { machines: MACHINES, subscriptions }, (sandbox) =>
        allCached(sandbox, `warm-${subscriptions}`, list, 30),
      ),
    ),
    inSandbox(context, { machines: 10, subscriptions: 3 }, async (sandbox) => {
      const each = sandbox.sim.subscriptions.map(({ id }) => ['vm', 'list', '-d', '--subscription', id, '-o', 'table']);
      const az = await azSide(context, sandbox, each);
      return { name: 'az-3', against: 'az', sides: [cold(sandbox, list), az], rounds: 2 };
    }),
  ];
}

function live(context: SuiteContext): OpenSuite['comparisons'] {
  const azfleet = liveAzfleet(context);
  return [{ name: 'cold', sides: [cold(azfleet, list)], rounds: 5 }, () => allCached(azfleet, 'warm', list)];
}

/** How much longer than one subscription many of them take, each call of which has a latency. */
function manyBesideOne(context: SuiteContext, subscriptions: number, rounds: number) {
  const simulation = { machines: MACHINES, latencyMs: LATENCY_MS };
  return inSandbox(context, { ...simulation, subscriptions }, async (many) => {
    const one = await openSandbox(context, simulation);
    return {
      name: `cold-${LATENCY_MS}ms-${subscriptions}`,
      against: 'one-subscription',
      sides: [cold(many, list), cold(one, list, 'one-subscription')],
      rounds,
      close: () => one.close(),
    };
  });
}
