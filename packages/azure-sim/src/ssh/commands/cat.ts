import { complain, input, print, write, type Command, type CommandContext } from '../shell/command.ts';
import { factsOf, type Facts } from './facts.ts';

/** Its input, or files of those that there are. */
export const cat: Command = async (args, context) => {
  if (args.length === 0) {
    for await (const chunk of input(context)) await write(context.stdout, chunk, context.signal);
    return 0;
  }
  let code = 0;
  for (const path of args) {
    const text = files[path]?.(factsOf(context), context);
    const end =
      text === undefined ? complain(context, `cat: ${path}: No such file or directory`, 1) : print(context, text);
    code = Math.max(code, await end);
  }
  return code;
};

const files: Readonly<Record<string, ((facts: Facts, context: CommandContext) => string) | undefined>> = {
  '/etc/hostname': (_facts, { machine }) => `${machine.name}\n`,
  '/proc/loadavg': ({ load }) => `${load.map((value) => value.toFixed(2)).join(' ')} 1/120 4242\n`,
  '/proc/uptime': ({ upSeconds, cpus }) => `${upSeconds}.00 ${Math.floor(upSeconds * cpus * 0.9)}.00\n`,
  '/proc/meminfo': ({ memoryKiB, memoryAvailableKiB }) => {
    const free = Math.floor(memoryAvailableKiB * 0.6);
    return [
      ['MemTotal', memoryKiB],
      ['MemFree', free],
      ['MemAvailable', memoryAvailableKiB],
      ['Buffers', Math.floor(memoryAvailableKiB * 0.05)],
      ['Cached', Math.floor(memoryAvailableKiB * 0.3)],
      ['SwapTotal', 0],
      ['SwapFree', 0],
    ]
      .map(([name, kiB]) => `${`${name}:`.padEnd(16)}${String(kiB).padStart(8)} kB\n`)
      .join('');
  },
  '/proc/stat': ({ cpus, upSeconds, load, now }) => {
    // In hundredths of a second: user, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice.
    const ticks = (count: number): string => {
      const busy = Math.floor((upSeconds * 100 * count * Math.min(1, load[2] / cpus)) / 2);
      const idle = upSeconds * 100 * count - busy * 2;
      return `${busy} 0 ${busy} ${idle} 0 0 0 0 0 0`;
    };
    const each = Array.from({ length: cpus }, (_, index) => `cpu${index} ${ticks(1)}\n`).join('');
    const bootSeconds = Math.floor(now.getTime() / 1_000) - upSeconds;
    return `cpu  ${ticks(cpus)}\n${each}ctxt 123456\nbtime ${bootSeconds}\nprocesses 4242\nprocs_running 1\nprocs_blocked 0\n`;
  },
};
