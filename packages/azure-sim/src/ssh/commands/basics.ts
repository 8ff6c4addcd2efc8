import { pause } from '../../clock.ts';
import { complain, print, type Command } from '../shell/command.ts';
import { factsOf } from './facts.ts';

export const succeed: Command = () => 0;

export const fail: Command = () => 1;

export const echo: Command = (args, context) => {
  const bare = args[0] === '-n';
  return print(context, `${args.slice(bare ? 1 : 0).join(' ')}${bare ? '' : '\n'}`);
};

export const hostname: Command = (_args, context) => print(context, `${context.machine.name}\n`);

export const whoami: Command = (_args, context) => print(context, `${context.machine.adminUsername}\n`);

/** `uname` with `-s`, `-n`, `-r`, `-m`, `-a`. */
export const uname: Command = (args, context) => {
  const { machine } = context;
  const values = { s: 'Linux', n: machine.name, r: factsOf(context).kernel, m: 'x86_64' };
  const flags = args.join('').replaceAll('-', '') || 's';
  const unknown = /[^snrma]/.exec(flags);
  if (unknown !== null) return complain(context, `uname: invalid option -- '${unknown[0]}'`, 1);
  const shown = Object.entries(values).filter(([flag]) => flags.includes(flag) || flags.includes('a'));
  return print(context, `${shown.map(([, value]) => value).join(' ')}\n`);
};

/** By the simulator's clock. */
export const sleep: Command = async ([time = ''], context) => {
  const seconds = Number(time.replace(/s$/, ''));
  if (time === '' || !(seconds >= 0)) return complain(context, `sleep: invalid time interval '${time}'`, 1);
  await pause(context.clock, seconds * 1_000, context.signal);
  return 0;
};
