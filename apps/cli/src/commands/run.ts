import type { Arguments } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { findFleet, type FoundFleet } from '../fleet/find-fleet.ts';
import { nothingFound } from '../fleet/nothing-found.ts';
import { errorLines, fleetExitCode } from '../fleet/outcome.ts';
import { missingLine } from '../fleet/session-names.ts';
import { freshnessFlags, selectionFlags } from '../flags.ts';
import { isGlob } from '../glob.ts';
import { keepLastRun, readLastRun } from '../run/last-run.ts';
import { locateAgain } from '../run/locate-again.ts';
import { inputOf, readOrder } from '../run/order.ts';
import { exitCodeOf, exitCodeOfOne, summaryLine } from '../run/outcome.ts';
import { chooseSink } from '../run/output/choose-sink.ts';
import { readRunOutput, runOutputFlags } from '../run/output/flags.ts';
import { noProgress, startProgress } from '../run/output/progress.ts';
import { limitFlags, readLimits, readRollout, rolloutFlags } from '../run/run-flags.ts';
import { runOnFleet, type RunOutcome } from '../run/run-on-fleet.ts';
import { needSelection, selectingFlags } from '../run/selection-needed.ts';
import { targetsOf } from '../run/targets.ts';

export const run: Command = {
  usage: ['run TARGET… [flags] -- COMMAND…', 'run TARGET… [flags] --script FILE [-- ARGUMENT…]'],
  description:
    'Runs a command over SSH on all machines that are selected, as many at once as proves good, and shows their output ' +
    'as it comes. TARGET is a name, GROUP/NAME, a resource id, a session or a glob such as web-*. Machines that are ' +
    'not running, and Windows, are left out and counted. With one machine that is named, output and exit code are ' +
    "passed on as ssh does. COMMAND is joined by spaces and read by the remote user's shell: quote what that should see.",
  flags: {
    ...selectionFlags,
    'retry-failed': { help: 'the machines on which the last run did not end well' },
    ...limitFlags,
    ...rolloutFlags,
    sudo: { help: 'as root, by sudo, which must not ask for a password' },
    stdin: { help: 'pass stdin on: to each of several machines a copy' },
    script: { value: 'FILE', help: 'run a local script; its first line says by what (#!/usr/bin/env python3)' },
    ...runOutputFlags,
    ...freshnessFlags,
  },
  takesRest: true,
  examples: [
    ["azfleet run 'web-*' -- uptime", 'on all web servers'],
    ['azfleet run --tag env=prod --group -- cat /etc/os-release', 'the same output once'],
    ['azfleet run --all --waves 1,10%,100% --halt 10% --sudo -- apt-get -y upgrade', 'carefully'],
    ['azfleet run --retry-failed --script fix.sh -- --verbose', 'a script, where the last run failed'],
  ],
  run: runCommand,
};

async function runCommand(context: CommandContext): Promise<number> {
  const { args } = context;
  const limits = readLimits(args);
  const rollout = readRollout(args);
  readRunOutput(args); // what is wrong with it is to be told before Azure is asked
  const order = readOrder(args);
  const selecting = await withSelection(context);
  const found = await findFleet(selecting, { onlyFresh: true });
  if (found.vms.length === 0) throw nothingFound(found);
  for (const line of errorLines(found.fleet)) context.notice(`azfleet: ${line}`);
  for (const name of found.missing) context.notice(`azfleet: ${missingLine(name, found)}`);
  const isOne = namesOne(selecting.args);
  const stdin = await inputOf(order, context.io, isOne);
  const progress = isOne ? noProgress(context) : startProgress(context);
  try {
    const outcome = await runOnFleet(progress.context, {
      settings: found.settings,
      targets: targetsOf(found.vms, found.fleet, found.settings),
      locate: locateAgain(progress.context, found),
      command: order.command,
      stdin,
      limits,
      rollout,
      sink: chooseSink(progress.context, { machines: found.vms, oneLiteral: isOne }),
      onProgress: (state) => progress.update(state),
    });
    progress.stop();
    keepLastRun(found.settings, outcome.results);
    return isOne ? tellOne(context, outcome) : tellAll(context, outcome, found);
  } finally {
    progress.stop();
    await stdin?.close();
  }
}

/** What acts needs to be told where. @throws CliError (exit code 2) where it is not */
async function withSelection(context: CommandContext): Promise<CommandContext> {
  const { args } = context;
  if (args.has('retry-failed')) {
    const other =
      args.positionals[0] ?? ['all', 'targets-from'].filter((flag) => args.has(flag)).map((flag) => `--${flag}`)[0];
    if (other !== undefined) {
      throw usageError(`--retry-failed and ${other} contradict each other`, 'filters such as --tag go with it');
    }
    return { ...context, args: { ...args, positionals: readLastRun(await context.settings()) } };
  }
  needSelection(args, 'run');
  return context;
}

/** Exactly one machine, named and not searched for. */
function namesOne(args: Arguments): boolean {
  const filters = [...selectingFlags, 'exclude', 'retry-failed'];
  const [name, ...others] = args.positionals;
  return name !== undefined && others.length === 0 && !isGlob(name) && !filters.some((flag) => args.has(flag));
}

/** One machine is treated as ssh would: what there is to say has been said by the command itself. */
function tellOne(context: CommandContext, { results, stopped }: RunOutcome): number {
  const [result] = results;
  if (stopped !== undefined) return ExitCode.interrupted;
  if (result!.status === 'skipped') {
    context.notice(`azfleet: ${result!.machine.name} is left out: ${result!.reason}`);
  }
  return exitCodeOfOne(result!);
}

function tellAll({ io, stderrStyle, notice }: CommandContext, outcome: RunOutcome, found: FoundFleet): number {
  if (outcome.haltedBy !== undefined) notice(`azfleet: halted, since ${outcome.haltedBy}`);
  io.stderr.write(`${summaryLine(outcome, stderrStyle)}\n`);
  return exitCodeOf(outcome, { missing: found.missing.length, listing: fleetExitCode(found.fleet) });
}
