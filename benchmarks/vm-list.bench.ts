import { type OpenSuite, suite, type SuiteContext } from '@azfleet/bench';
import { azSide } from './support/az.ts';
import { allCached, inSandbox, nothingCached, statesExpire, statesExpired } from './support/comparisons.ts';
import { liveAzfleet } from './support/live.ts';
import { cold } from './support/sides.ts';

const sizes = [10, 100, 1000];
const list = ['list'];
const listAsJson = ['list', '-o', 'json'];

export default suite({
  about: 'azfleet list with nothing cached, after the states expired, and cached; 10, 100 and 1,000 machines',
  live: true,
  open: (context) => ({ comparisons: context.live ? live(context) : simulated(context) }),
});

function simulated(context: SuiteContext): OpenSuite['comparisons'] {
  const freshness = statesExpire;
  return [
    ...sizes.map((machines) =>
      inSandbox(context, { machines }, (sandbox) => nothingCached(sandbox, `cold-${machines}`, list)),
    ),
    // The longest chain of calls is three: endpoint metadata, token, list.
    inSandbox(context, { machines: 100, latencyMs: 100 }, (sandbox) => nothingCached(sandbox, 'cold-100ms-100', list)),
    ...sizes.map((machines) =>
      inSandbox(context, { machines, freshness }, (sandbox) => statesExpired(sandbox, `expired-${machines}`, list)),
    ),
    ...sizes.map((machines) =>
      inSandbox(context, { machines }, (sandbox) => allCached(sandbox, `warm-${machines}`, list)),
    ),
    inSandbox(context, { machines: 1000 }, (sandbox) => allCached(sandbox, 'warm-json-1000', listAsJson)),
    besideAz(context, 10),
    besideAz(context, 100),
  ];
}

function live(context: SuiteContext): OpenSuite['comparisons'] {
  const azfleet = liveAzfleet(context);
  return [
    { name: 'cold', sides: [cold(azfleet, list)], rounds: 5 },
    () => allCached(azfleet, 'warm', list),
    () => allCached(azfleet, 'warm-json', listAsJson),
  ];
}

/** One call after another, 301 of them for a hundred machines: hence few rounds. */
function besideAz(context: SuiteContext, machines: number) {
  return inSandbox(context, { machines }, async (sandbox) => ({
    name: `az-${machines}`,
    against: 'az',
    sides: [cold(sandbox, list), await azSide(context, sandbox, [['vm', 'list', '-d', '-o', 'table']])],
    rounds: 3,
  }));
}
