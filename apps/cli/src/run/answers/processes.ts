import { formatAge } from '../../duration.ts';
import { recordColumn } from './answer-columns.ts';
import type { Question } from './question.ts';

/** A process on a machine, as `ps` tells it. */
export interface RemoteProcess {
  readonly pid: number;
  readonly user: string;
  /** Processor time through time since the start: 100 is one core all its life long. */
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  readonly rssBytes: number;
  readonly elapsedSeconds: number | null;
  /** As ps writes it: `S`, `R+`, `Ssl`, … */
  readonly state: string;
  /** The name of the program. */
  readonly command: string;
  /** The whole command line. What is not ASCII in it, procps writes as `?` or `.`, and a line's end as a blank. */
  readonly args: string;
}

/** The widest that a column with blanks in it may be; the next one then begins where it is expected. */
const WIDTH = 64;

const ps = `ps -eww -o user:${WIDTH}= -o pid= -o pcpu= -o pmem= -o rss= -o etimes= -o stat= -o comm:${WIDTH}= -o args=`;

/** procps' `ps`, in the C locale, of all processes. `env`, since not every shell knows `NAME=VALUE command`. */
const command = `env LC_ALL=C ${ps}`;

/** What runs. */
export const processes: Question<RemoteProcess> = {
  program: 'ps',
  command,
  parse: parseProcesses,
  member: 'processes',
  nouns: ['process', 'processes'],
  columns: [
    recordColumn(['pid', 'pid', 'PID'], { isNumber: true }),
    recordColumn(['user', 'user', 'USER'], { dropOrder: 3 }),
    recordColumn(['cpu', 'cpuPercent', '%CPU'], { dropOrder: 1, isNumber: true }, ({ cpuPercent }) =>
      cpuPercent.toFixed(1),
    ),
    recordColumn(['memory', 'memoryPercent', '%MEM'], { dropOrder: 4, isNumber: true }, ({ memoryPercent }) =>
      memoryPercent.toFixed(1),
    ),
    recordColumn(['rss', 'rssBytes', 'RSS'], { dropOrder: 5, isNumber: true }, ({ rssBytes }) => sizeText(rssBytes)),
    recordColumn(['elapsed', 'elapsedSeconds', 'ELAPSED'], { dropOrder: 6, isNumber: true }, ({ elapsedSeconds }) =>
      elapsedSeconds === null ? null : formatAge(elapsedSeconds * 1000),
    ),
    recordColumn(['state', 'state', 'STATE'], { dropOrder: 7 }),
    recordColumn(['command', 'command', 'COMMAND'], { dropOrder: 2 }),
    recordColumn(['args', 'args', 'ARGS'], { takesRest: true }),
  ],
  shown: ['pid', 'user', 'cpu', 'memory', 'rss', 'elapsed', 'args'],
};

const UNITS = ['K', 'M', 'G', 'T'];

/** As `top` and `ls -h` write it: `4.0M`, `1.2G`. */
function sizeText(bytes: number): string {
  let [size, unit] = [bytes / 1024, 0];
  while (size >= 1024 && unit < UNITS.length - 1) [size, unit] = [size / 1024, unit + 1];
  return `${size < 10 && unit > 0 ? size.toFixed(1) : Math.round(size)}${UNITS[unit]}`;
}

const LINE = new RegExp(
  [
    `^(?<user>.{${WIDTH}})`,
    '(?<pid>\\d+)',
    '(?<cpu>\\d+(?:\\.\\d+)?)',
    '(?<memory>\\d+(?:\\.\\d+)?)',
    '(?<rss>\\d+)',
    '(?<elapsed>\\d+|-)',
    '(?<state>[A-Za-z][^ ]*)',
    `(?<command>.{${WIDTH}}) (?<args>.*)$`,
  ].join(' +'),
);

/**
 * Reads what `ps` prints. The asking `ps` itself is left out. `undefined`: this is not procps' (BusyBox's knows other
 * columns), and it is not guessed at.
 */
export function parseProcesses(output: string): readonly RemoteProcess[] | undefined {
  const processes: RemoteProcess[] = [];
  for (const line of output.split('\n')) {
    const cells = LINE.exec(line)?.groups;
    if (cells !== undefined) processes.push(toProcess(cells));
    // What a shell's start-up file says stands before the processes; behind the first, each line is one.
    else if (line !== '' && processes.length > 0) return undefined;
  }
  return processes.length === 0 ? undefined : processes.filter(({ args }) => !args.endsWith(ps));
}

function toProcess(cells: Readonly<Record<string, string>>): RemoteProcess {
  return {
    pid: Number(cells['pid']),
    user: cells['user']!.trim(),
    cpuPercent: Number(cells['cpu']),
    memoryPercent: Number(cells['memory']),
    rssBytes: Number(cells['rss']) * 1024,
    elapsedSeconds: cells['elapsed'] === '-' ? null : Number(cells['elapsed']),
    state: cells['state']!,
    command: cells['command']!.trimEnd(),
    args: cells['args']!.trimEnd(),
  };
}
