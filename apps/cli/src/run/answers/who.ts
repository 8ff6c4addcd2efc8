import { recordColumn } from './answer-columns.ts';
import type { Question } from './question.ts';

/** Somebody who is signed in on a machine, as `w` tells it. */
export interface LoggedIn {
  readonly user: string;
  /** `null`: a session without a terminal. */
  readonly tty: string | null;
  /** `null`: at the machine itself, or not told. */
  readonly from: string | null;
  /** By the machine's own clock: `14:30`, `Mon09` (a day this week, the hour) or `12Jan25`. */
  readonly loginAt: string;
  /** As `w` writes it: `0.50s`, `12:04` (minutes), `3:02m` (hours), `2days`; `null` where it does not know. */
  readonly idle: string | null;
  readonly idleSeconds: number | null;
  /** `null` where it does not know. */
  readonly what: string | null;
}

/**
 * procps' `w`, with its headings, which tell where the columns are: some builds leave out FROM. In the C locale, with wide
 * columns for names and addresses; `env`, since not every shell knows `NAME=VALUE command`.
 */
const command = 'env LC_ALL=C PROCPS_USERLEN=32 PROCPS_FROMLEN=64 w';

/** Who is on. */
export const who: Question<LoggedIn> = {
  program: 'w',
  command,
  parse: parseWho,
  member: 'users',
  nouns: ['user', 'users'],
  columns: [
    recordColumn(['user', 'user', 'USER'], {}),
    recordColumn(['tty', 'tty', 'TTY'], { dropOrder: 3 }),
    recordColumn(['from', 'from', 'FROM'], { dropOrder: 2, leastWidth: 15 }),
    recordColumn(['login', 'loginAt', 'LOGIN@'], { dropOrder: 4 }),
    recordColumn(['idle', 'idle', 'IDLE'], { dropOrder: 1, isNumber: true }),
    recordColumn(['idle-seconds', 'idleSeconds', 'IDLE SECONDS'], { dropOrder: 5, isNumber: true }),
    recordColumn(['what', 'what', 'WHAT'], { takesRest: true }),
  ],
  shown: ['user', 'tty', 'from', 'login', 'idle', 'what'],
};

/** Reads what `w` prints. `undefined`: this is not procps' (BusyBox's is another), and it is not guessed at. */
export function parseWho(output: string): readonly LoggedIn[] | undefined {
  const lines = output.split('\n');
  // What a shell's start-up file says stands before it.
  const heading = lines.findIndex((line) => HEADING.test(line));
  if (heading === -1) return undefined;
  const columns = columnsOf(lines[heading]!);
  const read = lines.slice(heading + 1).filter((line) => line.trim() !== '');
  const users = read.map((line) => parseLine(line, columns));
  return users.every((user) => user !== undefined) ? users : undefined;
}

const HEADING = /^USER +TTY +(?:FROM +)?LOGIN@ +IDLE +JCPU +PCPU +WHAT\s*$/;

/** Where the columns begin. */
interface Columns {
  readonly tty: number;
  readonly from: number | undefined;
  readonly login: number;
}

function columnsOf(heading: string): Columns {
  const from = heading.indexOf('FROM');
  // LOGIN@ is written one to the right of its column, which is as wide as `12Jan25`.
  return { tty: heading.indexOf('TTY'), from: from === -1 ? undefined : from, login: heading.indexOf('LOGIN@') - 1 };
}

/** LOGIN@, IDLE, JCPU, PCPU and WHAT. What stands before them may be empty, and has blanks in it. */
const TIMES =
  /^ *(\d\d:\d\d|[A-Z][a-z]{2}\d\d|\d\d[A-Z][a-z]{2}\d\d) +(\?|[\d.:]+(?:days|m|s)?) +(?:\?|[\d.:]+(?:days|m|s)?) +(?:\?|[\d.:]+(?:days|m|s)?) *(.*)$/;

function parseLine(line: string, { tty, from, login }: Columns): LoggedIn | undefined {
  const isAligned = [tty, ...(from === undefined ? [] : [from])].every((start) => line[start - 1] === ' ');
  const [, loginAt, idle, what] = TIMES.exec(line.slice(login)) ?? [];
  const user = line.slice(0, tty).trim();
  if (!isAligned || user === '' || loginAt === undefined) return undefined;
  return {
    user,
    tty: orNull(line.slice(tty, from ?? login)),
    from: from === undefined ? null : orNull(line.slice(from, login)),
    loginAt,
    idle: idle === '?' ? null : idle!,
    idleSeconds: secondsOf(idle!),
    what: orNull(what!),
  };
}

function orNull(cell: string): string | null {
  const text = cell.trim();
  return text === '' || text === '-' ? null : text;
}

/** procps writes four kinds of spans; `3:02m` is three hours and two minutes, `3:02` three minutes and two seconds. */
function secondsOf(span: string): number | null {
  const [, first = '', second = '0', unit] = /^(\d+)(?:[:.](\d+))?(days|m|s)?$/.exec(span) ?? [];
  if (first === '') return null;
  const [large, small] = [Number(first), Number(second)];
  if (unit === 'days') return large * 86_400;
  if (unit === 'm') return large * 3600 + small * 60;
  return unit === 's' ? large + small / 100 : large * 60 + small;
}
