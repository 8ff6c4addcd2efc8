import { type OpenComparison, suite, type SuiteContext } from '@azfleet/bench';
import { startFleet } from './ssh/fleet.ts';
import { withoutSshd } from './ssh/no-sshd.ts';
import { coldSide } from './ssh/node-clients.ts';
import { parallelSides } from './ssh/parallel-clients.ts';

export default suite({
  about:
    'connecting to 1, 10 and 50 machines (OpenSSH) to run one command, at 0 and 50 ms, beside ssh, clush, pdsh, pssh',
  open: (context) => ({
    comparisons: [0, 50].flatMap((roundTripMs) =>
      [1, 10, 50].map((machines) => () => cold(context, machines, roundTripMs)),
    ),
  }),
});

async function cold(context: SuiteContext, machines: number, roundTripMs: number): Promise<OpenComparison> {
  const name = `cold-${roundTripMs}ms-${machines}`;
  const missing = withoutSshd(name);
  if (missing !== undefined) return missing;
  const fleet = await startFleet(context, machines, roundTripMs);
  return {
    name,
    against: 'ssh-xargs',
    sides: [
      await coldSide(context, 'azfleet', fleet),
      await coldSide(context, 'ssh2', fleet),
      ...parallelSides(context, fleet),
    ],
    // A round on 50 machines takes some 12 s.
    rounds: machines < 50 ? 8 : 5,
    close: () => fleet.close(),
  };
}
