import type { Command, CommandContext } from '../command.ts';
import { usageError } from '../errors.ts';
import { askFleet } from '../run/answers/ask-fleet.ts';
import { askingFlags } from '../run/answers/asking-flags.ts';
import { processes } from '../run/answers/processes.ts';
import { busiest, busiestOfEach } from '../run/answers/busiest.ts';

export const ps: Command = {
  usage: ['ps TARGET… [flags]'],
  description:
    'Shows what runs: the processes of all machines that are selected, as one table. TARGET is a name, GROUP/NAME, a ' +
    'resource id, a session or a glob such as web-*. %CPU is what ps tells: the share of one core over the whole life of ' +
    'a process. Machines that cannot be reached are shown as such; those that are not running, and Windows, are left out ' +
    'and counted.',
  flags: askingFlags(processes, {
    top: { value: 'N', help: 'only the N processes with the most CPU, of all machines together' },
  }),
  examples: [
    ['azfleet ps --all --top 10', 'what keeps the fleet busy'],
    ['azfleet ps web-01', 'all that runs on one machine'],
    ['azfleet ps --all -o csv --columns name,pid,user,rss,args', 'for a spreadsheet'],
  ],
  run: runPs,
};

async function runPs(context: CommandContext): Promise<number> {
  const text = context.args.value('top');
  if (text === undefined) return await askFleet(context, processes);
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count === 0) throw usageError(`--top '${text}' is not a whole number above 0`);
  return await askFleet(context, busiestOfEach(count), busiest(count));
}
