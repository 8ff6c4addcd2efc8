import { complain, print, type Command, type CommandContext } from '../shell/command.ts';
import { factsOf, two } from './facts.ts';
import { processesOf, type Process } from './processes.ts';

interface Column {
  readonly heading: string;
  /** At least so wide, as in `user:32`. */
  readonly least?: number;
  readonly right?: true;
  readonly cell: (process: Process, memoryKiB: number) => string | number;
}

const pcpu: Column = { heading: '%CPU', right: true, cell: ({ cpuPercent }) => cpuPercent.toFixed(1) };
const pmem: Column = { heading: '%MEM', right: true, cell: ({ rssKiB }, all) => ((rssKiB / all) * 100).toFixed(1) };
const args: Column = { heading: 'COMMAND', cell: (process) => process.args };
const comm: Column = { heading: 'COMMAND', cell: ({ command }) => command };
const user: Column = { heading: 'USER', cell: (process) => process.user };
const tty: Column = { heading: 'TT', cell: () => '?' };

const columns: Readonly<Record<string, Column | undefined>> = {
  pid: { heading: 'PID', right: true, cell: ({ pid }) => pid },
  ppid: { heading: 'PPID', right: true, cell: ({ ppid }) => ppid },
  user,
  uname: user,
  euser: user,
  pcpu,
  '%cpu': pcpu,
  pmem,
  '%mem': pmem,
  rss: { heading: 'RSS', right: true, cell: ({ rssKiB }) => rssKiB },
  vsz: { heading: 'VSZ', right: true, cell: ({ rssKiB }) => rssKiB * 4 },
  stat: { heading: 'STAT', cell: ({ command }) => (command === 'ps' ? 'R' : 'S') },
  s: { heading: 'S', cell: ({ command }) => (command === 'ps' ? 'R' : 'S') },
  tty,
  tname: tty,
  etimes: { heading: 'ELAPSED', right: true, cell: ({ upSeconds }) => upSeconds },
  etime: { heading: 'ELAPSED', right: true, cell: ({ upSeconds }) => elapsed(upSeconds) },
  time: { heading: 'TIME', right: true, cell: (process) => clockTime(process) },
  comm,
  ucmd: comm,
  args,
  cmd: { ...args, heading: 'CMD' },
  command: args,
};

const formats = {
  plain: 'pid,tty,time,cmd',
  all: 'user,pid,%cpu,%mem,vsz,rss,tty,stat,time,args',
  full: 'user,pid,ppid,tty,time,cmd',
};

/**
 * `ps`, `ps aux`, `ps -e`, `ps -ef`, with `-o COLUMNS` (`NAME=` has no heading, `NAME:20` a width), `--sort=[-]COLUMN`, `--no-headers`. It
 * shows all processes, but for a bare `ps` or one with `-o` only.
 */
export const ps: Command = (words, context) => {
  const { memoryKiB } = factsOf(context);
  const { format, all, sort, headings } = readArguments(words);
  const chosen = format.split(',').map((name) => columnOf(name, headings));
  const unknown = chosen.find(({ column }) => column === undefined);
  if (unknown !== undefined)
    return complain(context, `error: unknown user-defined format specifier "${unknown.name}"`, 1);
  const shown = chosen.flatMap(({ column, heading }) => (column === undefined ? [] : [{ ...column, heading }]));
  const rows = sorted(processesToShow(context, words, all), sort, memoryKiB).map((process) =>
    shown.map(({ cell }) => String(cell(process, memoryKiB))),
  );
  const heading = shown.map((column) => column.heading);
  return print(context, table(heading.every((text) => text === '') ? rows : [heading, ...rows], shown));
};

function readArguments(words: readonly string[]): { format: string; all: boolean; sort: string; headings: boolean } {
  const read = { format: formats.plain, all: false, sort: 'pid', headings: true };
  const own: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const [, flags = '', columns] = /^-?([a-zA-Z]*?)(?:o(.*))?$/.exec(word) ?? [];
    if (word.startsWith('--sort=')) read.sort = word.slice(7);
    else if (/^--no-?headers?$/.test(word)) read.headings = false;
    else if (columns !== undefined) own.push(columns === '' ? (words[(index += 1)] ?? '') : columns);
    if (word.startsWith('--')) continue;
    if (/[eAa]/.test(flags)) read.all = true;
    if (word.startsWith('-') && flags.includes('f')) read.format = formats.full;
    if (!word.startsWith('-') && flags.includes('u')) read.format = formats.all;
  }
  return own.length === 0 ? read : { ...read, format: own.join(',') };
}

function columnOf(text: string, headings: boolean): { name: string; heading: string; column: Column | undefined } {
  const [nameAndWidth = '', own] = text.split('=');
  const [name = '', width] = nameAndWidth.split(':');
  const known = columns[name];
  const column = known === undefined || width === undefined ? known : { ...known, least: Number(width) };
  return { name, column, heading: headings ? (own ?? column?.heading ?? '') : '' };
}

function processesToShow(context: CommandContext, words: readonly string[], all: boolean): Process[] {
  const processes = processesOf(context, ['ps', ...words].join(' '));
  return all ? processes : processes.slice(-1);
}

function sorted(processes: Process[], sort: string, memoryKiB: number): Process[] {
  const column = columns[sort.replace(/^[-+]/, '')];
  if (column === undefined) return processes;
  const sign = sort.startsWith('-') ? -1 : 1;
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  const value = (process: Process): string => String(column.cell(process, memoryKiB));
  return processes.toSorted((first, second) => sign * compare(value(first), value(second)));
}

function table(rows: readonly (readonly string[])[], shown: readonly Column[]): string {
  const widths = shown.map(({ least }, index) =>
    Math.max(least ?? 0, ...rows.map((cells) => cells[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => (shown[index]?.right ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)))
      .join(' ')
      .trimEnd();
  return rows.map((cells) => `${line(cells)}\n`).join('');
}

function elapsed(seconds: number): string {
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60),
  ];
  const short = `${two(minutes % 60)}:${two(seconds % 60)}`;
  if (days > 0) return `${days}-${two(hours)}:${short}`;
  return hours > 0 ? `${two(hours)}:${short}` : short;
}

/** The processor time, as if it had worked all its life as it does now. */
function clockTime({ upSeconds, cpuPercent }: Process): string {
  const seconds = Math.floor((upSeconds * cpuPercent) / 100);
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
