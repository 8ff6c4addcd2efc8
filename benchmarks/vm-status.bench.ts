import { type OpenSuite, suite, type SuiteContext } from '@azfleet/bench';
import { azSide } from './support/az.ts';
import { allCached, inSandbox, nothingCached, statesExpire, statesExpired } from './support/comparisons.ts';
import { liveAzfleet } from './support/live.ts';
import { cold } from './support/sides.ts';

/** The first machine of every simulated fleet. */
const status = ['status', 'web-01'];

export default suite({
  about: 'azfleet status of one machine among 10, 100 and 1,000: nothing cached, states expired, cached',
  live: true,
  open: (context) => ({ comparisons: context.live ? live(context) : simulated(context) }),
});

function simulated(context: SuiteContext): OpenSuite['comparisons'] {
  const freshness = statesExpire;
  return [
    inSandbox(context, { machines: 100 }, (sandbox) => nothingCached(sandbox, 'cold-100', status)),
    inSandbox(context, { machines: 100, freshness }, (sandbox) => statesExpired(sandbox, 'expired-100', status)),
    ...[10, 100, 1000].map((machines) =>
      inSandbox(context, { machines }, (sandbox) => allCached(sandbox, `warm-${machines}`, status)),
    ),
    inSandbox(context, { machines: 100 }, async (sandbox) => {
      const { name, resourceGroup } = sandbox.sim.fleet.machines()[0]!;
      const az = await azSide(context, sandbox, [['vm', 'show', '-d', '-g', resourceGroup, '-n', name, '-o', 'table']]);
      return { name: 'az-100', against: 'az', sides: [cold(sandbox, status), az], rounds: 3 };
    }),
  ];
}

function live(context: SuiteContext): OpenSuite['comparisons'] {
  const azfleet = liveAzfleet(context);
  return [
    async () => ({ name: 'cold', sides: [cold(azfleet, ['status', await azfleet.anyMachine()])], rounds: 5 }),
    async () => allCached(azfleet, 'warm', ['status', await azfleet.anyMachine()]),
  ];
}
