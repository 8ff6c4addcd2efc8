import { complain, input, print, write, type Command } from '../shell/command.ts';

const chunkBytes = 32 * 1024;

/** `head -c N /dev/zero`: so many bytes. */
export const head: Command = async ([option, count, file], context) => {
  const bytes = Number(count);
  if (option !== '-c' || file !== '/dev/zero' || !(bytes >= 0)) {
    return complain(context, 'head: only `head -c N /dev/zero` is simulated', 1);
  }
  const zeros = new Uint8Array(chunkBytes);
  for (let left = bytes; left > 0 && !context.signal.aborted; left -= chunkBytes) {
    await write(context.stdout, zeros.subarray(0, Math.min(left, chunkBytes)), context.signal);
  }
  return 0;
};

/** `seq N`: the numbers from 1, one a line. */
export const seq: Command = async ([last = ''], context) => {
  const end = Number(last);
  if (last === '' || Number.isNaN(end)) return complain(context, `seq: invalid floating point argument: '${last}'`, 1);
  let lines = '';
  for (let number = 1; number <= end && !context.signal.aborted; number += 1) {
    lines += `${number}\n`;
    if (lines.length < chunkBytes) continue;
    await write(context.stdout, lines, context.signal);
    lines = '';
  }
  return print(context, lines);
};

/** `wc -c`: how many bytes come in. */
export const wc: Command = async ([option], context) => {
  if (option !== '-c') return complain(context, 'wc: only `wc -c` is simulated', 1);
  let bytes = 0;
  for await (const chunk of input(context)) bytes += chunk.length;
  return print(context, `${bytes}\n`);
};
