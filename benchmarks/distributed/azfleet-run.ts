import { type Measured, runProcess, type SuiteContext, type WholeSide } from '@azfleet/bench';
import { mkdirSync, rmSync } from 'node:fs';
import { countHandshakes } from '../ssh/count-handshakes.ts';
import { azfleetPath } from '../support/azfleet.ts';
import type { RunFleet } from './run-fleet.ts';

/** Asks for all machines once, so that they are in the cache, and their host keys are known. */
export async function firstRun(context: SuiteContext, fleet: RunFleet): Promise<void> {
  await run(context, fleet, ['--refresh']);
}

/** `azfleet run -- true` on all machines, the whole process. The machines are in the cache; no width was learned. */
export function azfleetSide(context: SuiteContext, fleet: RunFleet): WholeSide {
  return {
    name: 'azfleet',
    async whole() {
      const measured = await run(context, fleet, []);
      if (measured.counts?.calls !== 0) throw new Error(`azfleet run made ${measured.counts?.calls} calls to Azure`);
      return measured;
    },
  };
}

/** The same where Azure is asked which machines there are. */
export function azfleetWithoutCache(context: SuiteContext, fleet: RunFleet): WholeSide {
  return { name: 'azfleet-no-cache', whole: () => run(context, fleet, ['--no-cache']) };
}

/** @throws Error where it did not run on all machines */
async function run(context: SuiteContext, fleet: RunFleet, flags: readonly string[]): Promise<Measured> {
  const { sim, env } = fleet.sandbox;
  forgetLearned(fleet);
  const before = sim.stats().arm;
  const args = [azfleetPath, 'run', '--all', ...flags, '--', 'true'];
  const measured = await countHandshakes(fleet, async () => {
    const { stderr, ...figures } = await runProcess(process.execPath, args, { env, signal: context.signal });
    if (!stderr.includes(`${fleet.machines.length} ok`)) throw new Error(`azfleet run did not end well: ${stderr}`);
    return figures;
  });
  return { ...measured, counts: { ...measured.counts, calls: sim.stats().arm - before } };
}

/** Everybody begins anew: no width and no connect time is known from an earlier run. */
export function forgetLearned({ sandbox }: RunFleet): void {
  const directory = sandbox.env['AZFLEET_STATE_DIR']!;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { mode: 0o700 });
}
