import { type OpenSuite, suite, type SuiteContext } from '@azfleet/bench';
import { allCached, besideEmptyProcess, inSandbox } from './support/comparisons.ts';
import { liveAzfleet } from './support/live.ts';

/** So many that a change of 10 % shows between two result files, among a hundred benchmarks. */
const ROUNDS = 200;

const list = ['list'];
const help = ['--help'];
const version = ['--version'];

export default suite({
  about: 'the whole process of what needs no call, into a pipe, beside an empty Node process: time and memory',
  live: true,
  open: (context) => ({ comparisons: context.live ? live(context) : simulated(context) }),
});

function simulated(context: SuiteContext): OpenSuite['comparisons'] {
  return [
    inSandbox(context, { machines: 10 }, (sandbox) => allCached(sandbox, 'list-10', list, ROUNDS)),
    inSandbox(context, { machines: 1000 }, (sandbox) => allCached(sandbox, 'list-1000', list, ROUNDS)),
    inSandbox(context, { machines: 0 }, (sandbox) => besideEmptyProcess(sandbox, 'help', help, ROUNDS)),
    inSandbox(context, { machines: 0 }, (sandbox) => besideEmptyProcess(sandbox, 'version', version, ROUNDS)),
  ];
}

function live(context: SuiteContext): OpenSuite['comparisons'] {
  const azfleet = liveAzfleet(context);
  return [
    () => allCached(azfleet, 'list', list, ROUNDS),
    besideEmptyProcess(azfleet, 'help', help, ROUNDS),
    besideEmptyProcess(azfleet, 'version', version, ROUNDS),
  ];
}
