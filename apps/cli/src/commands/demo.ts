import { startAzureSim, type AzureSim } from '@azfleet/azure-sim';
import type { Command, CommandContext } from '../command.ts';
import { usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { answeringMachines, killMachines } from '../simulator/dead-machines.ts';
import { createSandbox } from '../simulator/sandbox.ts';
import { MACHINES_WITH_SSH, readCount } from '../simulator/sim-flags.ts';
import { Tour } from '../simulator/tour.ts';

const LATENCY_MS = 100;
const ROUND_TRIP_MS = 50;

export const demo: Command = {
  usage: ['demo [--machines N]'],
  description:
    'A guided tour on a simulated Azure: each command is run as you would, by a real process, with the time it took and ' +
    'the calls and SSH hand-shakes that the simulator counted. Your own configuration, cache, keys and machines are not ' +
    'touched.',
  flags: { machines: { value: 'N', help: 'machines in the simulated fleet (default 12)' } },
  examples: [
    ['azfleet demo', 'the tour'],
    ['azfleet demo --machines 400', 'the same with a large fleet'],
  ],
  run: runDemo,
};

async function runDemo(context: CommandContext): Promise<number> {
  const [word] = context.args.positionals;
  if (word !== undefined) throw usageError(`demo takes no '${word}'`, 'see azfleet demo --help');
  const machines = readCount(context.args, 'machines', 1, 10_000) ?? 12;
  const ssh = machines <= MACHINES_WITH_SSH && { roundTripMs: ROUND_TRIP_MS };
  const sim = await startAzureSim({ machines, latencyMs: LATENCY_MS, ssh });
  const sandbox = createSandbox(sim);
  try {
    const tour = new Tour(context, sim, sandbox);
    await guide(tour, sim);
    const isAsExpected = await tour.summary();
    const callsOfAz = 1 + sim.fleet.machines().length * 3;
    tour.say(`az vm list -d makes up to ${callsOfAz} calls (1 + 3 a machine), one after another.`);
    return isAsExpected ? ExitCode.ok : ExitCode.someFailed;
  } finally {
    await sim.close();
    sandbox.remove();
  }
}

async function guide(tour: Tour, sim: AzureSim): Promise<void> {
  const many = sim.fleet.machines().length;
  tour.say(`A simulated Azure with ${many} machines at ${sim.endpoint}. Each call to it takes ${LATENCY_MS} ms.`);
  // Of many machines, a part is enough to see.
  const part = many > 40 ? ['web-0*'] : [];
  await showList(tour, part);
  if (answeringMachines(sim).length > 0) await showCommands(tour, sim, part);
  await showChanges(tour, sim, part);
}

async function showList(tour: Tour, part: readonly string[]): Promise<void> {
  await tour.step({
    title: 'list, nothing cached',
    purpose: 'Everything, asked of Azure:',
    args: ['list', ...part],
  });
  await tour.step({ title: 'list, cached', purpose: 'Again. The answer is on disk:', args: ['list', ...part] });
  await tour.step({
    title: 'filters',
    purpose: 'What runs, and only some columns:',
    args: ['list', '--state', 'running', '--columns', 'name,state,private-ip,tag:environment', ...part],
  });
}

async function showCommands(tour: Tour, sim: AzureSim, part: readonly string[]): Promise<void> {
  // Those of which it is not known whether they run would be tried.
  const isClear = sim.fleet.machines().every(({ powerState }) => !['starting', 'unknown'].includes(powerState));
  const all = isClear ? ['--all'] : ['--state', 'running'];
  const some = part.length > 0 ? [...part, ...all.filter((word) => word !== '--all')] : all;
  tour.say(
    `The machines are ${ROUND_TRIP_MS} ms away, there and back. Those that do not run are left out, and counted.`,
  );
  await tour.step({
    title: 'run',
    purpose: 'A command on them, live. Their host keys are new, so Azure is asked whether these are their addresses:',
    args: ['run', ...some, '--', 'uptime'],
  });
  await tour.step({
    title: 'run --group',
    purpose: 'The same output only once. Which kernel runs where?',
    args: ['run', ...all, '--group', '--', 'uname', '-r'],
  });
  await tour.step({ title: 'w', purpose: 'Who is on?', args: ['w', ...some] });
  await tour.step({ title: 'ps --top', purpose: 'What keeps the fleet busy?', args: ['ps', ...all, '--top', '5'] });
  if (answeringMachines(sim).length === 1) return;
  tour.say(`${killMachines(sim, 1).join()} dies: it still takes connections, and says nothing.`);
  await tour.step({
    title: 'run, a dead machine',
    purpose: 'The others do not wait for it:',
    args: ['run', ...all, '--quiet', '--connect-timeout', '2s', '--', 'true'],
    exitCode: ExitCode.timedOut,
  });
}

/** Somebody stops a machine in the portal, and then Azure is gone. */
async function showChanges(tour: Tour, sim: AzureSim, part: readonly string[]): Promise<void> {
  const running = sim.fleet.machines().find((machine) => machine.powerState === 'running');
  if (running !== undefined) {
    sim.fleet.change(running.name, { powerState: 'deallocated' });
    tour.say(`Somebody deallocates ${running.name} in the portal.`);
    await tour.step({
      title: 'status --refresh',
      purpose: 'Ask Azure now:',
      args: ['status', running.name, '--refresh'],
    });
  }
  await sim.close();
  await tour.step({
    title: 'list --offline, Azure gone',
    purpose: 'Azure cannot be reached any more. The cache can:',
    args: ['list', '--offline', ...part],
  });
}
