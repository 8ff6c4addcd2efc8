import type { Measured, OpenComparison, SuiteContext } from '@azfleet/bench';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { azfleetPath } from '../support/azfleet.ts';
import { firstRun, forgetLearned } from './azfleet-run.ts';
import type { RunFleet } from './run-fleet.ts';
import { openSimFleet } from './sim-fleet.ts';

const MACHINES = 500;
const ROUND_TRIP_MS = 50;
/** Every twentieth accepts connections and says nothing. */
const ONE_IN = 20;
/** Beyond the time of the last result of a living machine, and the longest that a dead one was waited for. */
const SLACK_SECONDS = 1;

/** The time until the last living machine is done, where some are dead, beside the same without the dead. */
export async function deadHosts(context: SuiteContext): Promise<OpenComparison> {
  const fleet = await openSimFleet(context, MACHINES, ROUND_TRIP_MS);
  try {
    await firstRun(context, fleet);
    const dead = fleet.sandbox.sim.fleet.machines().filter((_, index) => index % ONE_IN === 0);
    for (const { id } of dead) fleet.sandbox.sim.ssh!.inject(id, 'silent');
    const without = dead.flatMap(({ name }) => ['--exclude', name]);
    const sides = [
      { name: 'with-dead', whole: () => untilLiving(context, fleet, [], dead.length) },
      { name: 'without-dead', whole: () => untilLiving(context, fleet, without, 0) },
    ];
    return {
      name: `dead-${ROUND_TRIP_MS}ms-${MACHINES}`,
      against: 'without-dead',
      sides,
      rounds: 6,
      close: () => fleet.close(),
    };
  } catch (error) {
    await fleet.close();
    throw error;
  }
}

interface ResultLine {
  readonly status: string;
  readonly elapsedMs: number;
}

/** @throws Error where others failed than the dead, or where these were waited for after all */
async function untilLiving(
  { signal }: SuiteContext,
  fleet: RunFleet,
  flags: readonly string[],
  dead: number,
): Promise<Measured> {
  forgetLearned(fleet);
  const { env } = fleet.sandbox;
  const started = performance.now();
  const since = (): number => (performance.now() - started) / 1000;
  const args = [azfleetPath, 'run', '--all', ...flags, '-o', 'ndjson', '--', 'true'];
  const child = spawn(process.execPath, args, { env, signal, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'close');
  let [ok, others, seconds, longest] = [0, 0, 0, 0];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { status, elapsedMs } = JSON.parse(line) as ResultLine;
    if (status === 'ok') [ok, seconds] = [ok + 1, since()];
    else [others, longest] = [others + 1, Math.max(longest, elapsedMs / 1000)];
  });
  await ended;
  const all = since();
  const living = MACHINES - MACHINES / ONE_IN;
  if (ok !== living || others !== dead) throw new Error(`${ok} of ${living} were ok, and ${others} of ${dead} dead`);
  if (all > seconds + longest + SLACK_SECONDS)
    throw new Error(`it took ${all} s, ${longest} s of it for a dead machine`);
  return { seconds };
}
