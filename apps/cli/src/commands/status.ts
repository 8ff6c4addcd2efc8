import type { Command, CommandContext } from '../command.ts';
import { usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { freshnessFlags, outputFlags, selectionFlags } from '../flags.ts';
import { chosenColumns, isUnknown, stateStyle, type ListedVm } from '../fleet/columns.ts';
import { nothingFound } from '../fleet/nothing-found.ts';
import { missingLine } from '../fleet/session-names.ts';
import { findFleet } from '../fleet/find-fleet.ts';
import { printFleet } from '../fleet/print-fleet.ts';
import { readFormat } from '../output/format.ts';
import { visible } from '../output/terminal-text.ts';

export const status: Command = {
  usage: ['status VM… [flags]'],
  description:
    'Shows all that is known of one machine or a few. VM is a name, GROUP/NAME, a resource id, a session or a glob.',
  flags: { ...selectionFlags, ...freshnessFlags, ...outputFlags },
  examples: [
    ['azfleet status web-01', 'one machine'],
    ['azfleet status web-01 --refresh', 'as it is now'],
    ['azfleet status web-01 --query vms[0].powerState', 'one value, for a script'],
  ],
  run: runStatus,
};

async function runStatus(context: CommandContext): Promise<number> {
  if (context.args.positionals.length === 0 && !context.args.has('targets-from') && !context.args.has('all')) {
    throw usageError(
      'status needs the name of a machine',
      "for example: azfleet status web-01; 'azfleet list' shows all",
    );
  }
  const format = await readFormat(context.args, chosenColumns);
  const found = await findFleet(context);
  const { vms } = found;
  if (vms.length === 0) throw nothingFound(found);
  if (format.name === 'table' && format.columns === undefined && format.query === undefined) {
    context.io.stdout.write(vms.map((vm) => details(context, vm)).join('\n'));
  } else {
    await printFleet(context, found, format);
  }
  for (const name of found.missing) context.notice(`azfleet: ${missingLine(name, found)}`);
  const exitCode = found.finish();
  if (found.missing.length === 0) return exitCode;
  return exitCode === ExitCode.ok ? ExitCode.nothingSelected : exitCode;
}

/** A machine as a block of lines. */
function details({ style }: CommandContext, vm: ListedVm): string {
  const value = (member: keyof ListedVm, text: string | null): string => {
    if (isUnknown(vm, member)) return style('yellow', 'unknown');
    return text === null || text === '' ? style('dim', '-') : visible(text);
  };
  const state = stateStyle(vm);
  const tags = Object.entries(vm.tags ?? {}).map(([key, tag]) => (tag === '' ? key : `${key}=${tag}`));
  const rows: readonly (readonly [string, string])[] = [
    ['State', state === undefined ? visible(vm.powerState) : style(state, vm.powerState)],
    ['Provisioning', value('provisioningState', vm.provisioningState)],
    ['Public IP', value('publicIps', vm.publicIps?.join(', ') ?? null)],
    ['Private IP', value('privateIps', vm.privateIps?.join(', ') ?? null)],
    ['Size', value('size', vm.size)],
    ['System', value('os', vm.os)],
    ['User', value('adminUsername', vm.adminUsername)],
    [
      'Location',
      value('location', [vm.location, ...(vm.zones ?? []).map((zone) => `zone ${zone}`)].filter(Boolean).join(', ')),
    ],
    ['Group', visible(vm.resourceGroup)],
    ['Subscription', visible(vm.subscriptionId)],
    ['Created', value('timeCreated', vm.timeCreated)],
    ['Session', value('session', vm.session)],
    ['Tags', value('tags', tags.join(', '))],
    ['VM id', value('vmId', vm.vmId)],
    ['Id', visible(vm.id)],
  ];
  const lines = rows.map(([label, text]) => `  ${style('dim', label.padEnd(13))} ${text}\n`);
  return `${style('bold', visible(vm.name))}\n${lines.join('')}`;
}
