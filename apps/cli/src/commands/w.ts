import type { Command } from '../command.ts';
import { askFleet } from '../run/answers/ask-fleet.ts';
import { askingFlags } from '../run/answers/asking-flags.ts';
import { who } from '../run/answers/who.ts';

export const w: Command = {
  usage: ['w TARGET… [flags]'],
  description:
    'Shows who is on: what `w` says on all machines that are selected, as one table. TARGET is a name, GROUP/NAME, a ' +
    'resource id, a session or a glob such as web-*. Machines that cannot be reached are shown as such; those that are ' +
    'not running, and Windows, are left out and counted.',
  flags: askingFlags(who),
  examples: [
    ['azfleet w --all', 'who is on anywhere'],
    ["azfleet w 'web-*' --columns name,user,from,idle", 'who is on the web servers, and from where'],
    ["azfleet w --all --query 'machines[?users].{name: name, users: users[].user}'", 'for a script'],
  ],
  run: (context) => askFleet(context, who),
};
