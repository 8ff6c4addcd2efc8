import type { Command, CommandContext } from '../command.ts';
import { didYouMean } from '../did-you-mean.ts';
import { CliError, usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { freshnessFlags, selectionFlags } from '../flags.ts';
import { isGlob } from '../glob.ts';
import { findFleet, type FoundFleet } from '../fleet/find-fleet.ts';
import { explainMissing, isGone, machineOfId } from '../fleet/session-names.ts';
import { printJson, printRows } from '../output/print-rows.ts';
import type { Settings } from '../settings/settings.ts';
import { pathsOf } from '../settings/settings-request.ts';
import { sessionsFile } from '../settings/sessions.ts';
import { runSubcommand, type Subcommand } from '../subcommands.ts';

const subcommands: Readonly<Record<string, Subcommand>> = {
  list: { usage: 'session list', least: 0, most: 0, flags: ['context', 'output'], run: list },
  set: {
    usage: 'session set NAME VM',
    least: 2,
    most: 2,
    flags: ['context', 'subscription', 'resource-group', 'refresh', 'offline'],
    run: set,
  },
  unset: { usage: 'session unset NAME…', least: 1, most: Infinity, flags: [], run: unset },
};

export const session: Command = {
  usage: Object.values(subcommands).map(({ usage }) => usage),
  description:
    'A session is a name of your own for a machine; it stands wherever a machine is named, and shows in list. It holds ' +
    "the machine's id. list asks nobody: what became of the machines is told as far as the cache knows.",
  flags: {
    ...pick(selectionFlags, ['subscription', 'resource-group']),
    ...pick(freshnessFlags, ['refresh', 'offline']),
    output: { short: 'o', value: 'FORMAT', choices: ['table', 'json'], help: 'table (default) or json, for list' },
  },
  examples: [
    ['azfleet session set api web-01', 'call web-01 api'],
    ['azfleet status api', 'and use it'],
    ['azfleet session list', 'all of them, and which machines are gone'],
  ],
  run: (context) => runSubcommand(context, 'session', session.flags, subcommands),
};

function pick<T>(table: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(table).filter(([name]) => names.includes(name)));
}

/** The fleet as if only these words had been given. */
async function fleetOf(context: CommandContext, positionals: readonly string[]): Promise<FoundFleet> {
  return await findFleet({ ...context, args: { ...context.args, positionals } });
}

/** What the cache knows of a subscription, whichever ones the context names; undefined when that is nothing. */
async function keptFleetOf(context: CommandContext, subscription: string): Promise<FoundFleet | undefined> {
  const { args } = context;
  const settings = async (): Promise<Settings> => ({ ...(await context.settings()), subscriptions: [subscription] });
  const has = (name: string): boolean => name === 'offline' || args.has(name);
  return await findFleet({ ...context, args: { ...args, has }, settings }).catch(() => undefined);
}

async function list(context: CommandContext): Promise<number> {
  const names = await sessionsFile({ paths: pathsOf(context) }).load();
  const entries = [...names.entries()];
  const states = await statesOf(
    context,
    entries.map(([, id]) => id),
  );
  const sessions = entries.map(([session, id]) => {
    const { name, resourceGroup } = machineOfId(id);
    return { session, name, resourceGroup, state: states.get(id) ?? 'unknown', id };
  });
  if (context.args.value('output') === 'json') {
    printJson(context.io.stdout, { schemaVersion: 1, sessions });
    return ExitCode.ok;
  }
  const rows = sessions.map((one) => [one.session, one.name, one.resourceGroup, one.state]);
  printRows(context, ['SESSION', 'MACHINE', 'GROUP', 'STATE'], rows);
  const gone = sessions.filter(({ state }) => state === 'gone').map((one) => one.session);
  if (gone.length > 0)
    context.notice(
      `gone are the machines of: ${gone.join(', ')}; remove the names with: azfleet session unset ${gone.join(' ')}`,
    );
  if (rows.length === 0) context.notice('no session yet; name a machine with: azfleet session set NAME VM');
  return ExitCode.ok;
}

/** What became of machines, by id, as far as the cache knows. */
async function statesOf(context: CommandContext, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const states = new Map<string, string>();
  for (const subscription of new Set(ids.map(subscriptionOfId))) {
    const found = await keptFleetOf(context, subscription);
    const known = new Map(found?.all.map((vm) => [vm.id.toLowerCase(), vm.powerState]));
    for (const id of ids.filter((one) => subscriptionOfId(one) === subscription)) {
      const absent = found !== undefined && isGone(id, found) ? 'gone' : 'unknown';
      states.set(id, known.get(id.toLowerCase()) ?? absent);
    }
  }
  return states;
}

function subscriptionOfId(id: string): string {
  return id.split('/')[2]?.toLowerCase() ?? '';
}

async function set(context: CommandContext, [name = '', machine = '']: readonly string[]): Promise<number> {
  if (isGlob(machine)) throw usageError(`'${machine}' is a pattern`, 'name one machine: NAME, GROUP/NAME or id');
  const found = await fleetOf(context, [machine]);
  const [vm] = found.vms;
  if (vm === undefined) {
    const { message, hint } = explainMissing(found.missing[0] ?? machine, found);
    throw new CliError('NOTHING_SELECTED', message, {
      exitCode: ExitCode.nothingSelected,
      hint: hint ?? "see 'azfleet list'; --refresh asks Azure now",
    });
  }
  const namesake = found.all.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (namesake !== undefined) throw usageError(`'${name}' is a machine's own name`, 'choose another name');
  const before = await sessionsFile(found.settings).set(name, vm.id);
  if (before !== undefined && before.toLowerCase() !== vm.id.toLowerCase()) {
    context.notice(`'${name}' was ${machineOfId(before).resourceGroup}/${machineOfId(before).name}`);
  }
  return ExitCode.ok;
}

async function unset(context: CommandContext, names: readonly string[]): Promise<number> {
  const file = sessionsFile({ paths: pathsOf(context) });
  const known = await file.load();
  for (const name of names) {
    if (known.get(name) !== undefined) continue;
    const near = didYouMean(
      name,
      [...known.entries()].map(([other]) => other),
    );
    throw usageError(`no session is called '${name}'`, near ?? "see 'azfleet session list'");
  }
  for (const name of names) await file.unset(name);
  return ExitCode.ok;
}
