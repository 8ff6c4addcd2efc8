import { pause } from '../../clock.ts';
import { complain, print, type Command } from '../shell/command.ts';

export const succeed: Command = () => 0;

export const fail: Command = () => 1;

export const echo: Command = (args, context) => {
  const bare = args[0] === '-n';
  return print(context, `${args.slice(bare ? 1 : 0).join(' ')}${bare ? '' : '\n'}`);
};

export const hostname: Command = (_args, context) => print(context, `${context.machine.name}\n`);

export const whoami: Command = (_args, context) => print(context, `${context.machine.adminUsername}\n`);

/** By the simulator's clock. */
export const sleep: Command = async ([time = ''], context) => {
  const seconds = Number(time.replace(/s$/, ''));
  if (time === '' || !(seconds >= 0)) return complain(context, `sleep: invalid time interval '${time}'`, 1);
  await pause(context.clock, seconds * 1_000, context.signal);
  return 0;
};
