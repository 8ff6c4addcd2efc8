import type { Command, CommandContext } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { freshnessFlags, outputFlags, selectionFlags } from '../flags.ts';
import { readFreshness } from '../fleet/freshness.ts';
import { fleetRequest, keptRequest, type KeptRequest } from '../fleet/fleet-request.ts';
import { readKeptTable } from '../fleet/kept-table.ts';
import { tellSummary } from '../fleet/summary.ts';
import { plain } from '../output/style.ts';
import { sessionsFile } from '../settings/sessions.ts';

export const list: Command = {
  usage: ['list [NAME…] [flags]'],
  description:
    'Lists the virtual machines of the subscription: from the cache where that is fresh, else in four calls to Azure. ' +
    'NAME is a machine, GROUP/NAME, a resource id, a session or a glob such as web-*.',
  flags: { ...selectionFlags, ...freshnessFlags, ...outputFlags },
  examples: [
    ['azfleet list', 'everything in the current subscription'],
    ["azfleet list 'web-*' --state running", 'the web servers that run'],
    ['azfleet list --tag env=prod -o tsv --columns name,private-ip', 'for a script'],
    ["azfleet list -s '*' --query \"vms[?os=='Windows'].name\"", 'all subscriptions, picked with JMESPath'],
  ],
  run: runList,
};

/** Flags with which `list` is not simply everything as a table. */
const narrowingFlags = Object.keys({ ...selectionFlags, ...outputFlags }).filter((flag) => flag !== 'subscription');

async function runList(context: CommandContext): Promise<number> {
  const whole = await wholeTable(context);
  const kept = whole === undefined ? undefined : readKeptTable(whole);
  if (kept !== undefined) {
    context.explain.phase('cache', 'the whole table, 0 calls');
    context.io.stdout.write(kept.text);
    tellSummary(context, kept.count, kept.fleet, false);
    context.explain.phase('output');
    return ExitCode.ok;
  }
  const { showFleet } = await import('../fleet/show-fleet.ts');
  return await showFleet(context, whole);
}

/** How to read the kept table where this command line asks for just that: everything, plain, into a pipe. */
async function wholeTable(context: CommandContext): Promise<KeptRequest | undefined> {
  const { args, io, style } = context;
  const isWhole = args.positionals.length === 0 && narrowingFlags.every((flag) => !args.has(flag));
  if (!isWhole || style !== plain || io.stdout.columns !== undefined) return undefined;
  const freshness = readFreshness(args);
  const settings = await context.settings();
  if (!(await sessionsFile(settings).load()).isEmpty) return undefined;
  return keptRequest(context, fleetRequest(context, settings, freshness));
}
