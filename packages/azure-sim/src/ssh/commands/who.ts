import { print, type Command } from '../shell/command.ts';
import { factsOf, two, type Facts } from './facts.ts';

export const uptime: Command = (_args, context) => print(context, `${headline(factsOf(context))}\n`);

/** As procps prints it; `-h` leaves out both headings. */
export const w: Command = (args, context) => {
  const facts = factsOf(context);
  const widths = widthsOf(context.env);
  const rows = facts.logins.map(({ user, terminal, from, at, idle, what }) =>
    row([user, terminal, from, at, idle, '0.04s', '0.04s', what], widths),
  );
  const headings = [headline(facts), row(['USER', 'TTY', 'FROM', 'LOGIN@', 'IDLE', 'JCPU', 'PCPU', 'WHAT'], widths)];
  const bare = args.some((arg) => /^-[a-z]*h|^--no-header$/.test(arg));
  return print(context, [...(bare ? [] : headings), ...rows].map((line) => `${line}\n`).join(''));
};

function headline({ now, upSeconds, logins, load }: Facts): string {
  const time = now.toISOString().slice(11, 19);
  const users = `${logins.length} user${logins.length === 1 ? '' : 's'}`;
  return ` ${time} up ${up(upSeconds)},  ${users},  load average: ${load.map((value) => value.toFixed(2)).join(', ')}`;
}

function up(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3_600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = hours === 0 ? `${minutes} min` : `${String(hours).padStart(2)}:${two(minutes)}`;
  return days === 0 ? rest : `${days} day${days === 1 ? '' : 's'}, ${rest}`;
}

/** Of the columns: those of the user and of the place may be set, as w(1) says. */
function widthsOf(env: Readonly<Record<string, string>>): number[] {
  return [widthIn(env['PROCPS_USERLEN'], 8, 32), 8, widthIn(env['PROCPS_FROMLEN'], 16, 256), 7, 7, 6, 5];
}

function widthIn(text: string | undefined, standard: number, most: number): number {
  const wanted = Number(text);
  return wanted >= 8 && wanted <= most ? wanted : standard;
}

/** What is too long for its column is cut, as procps does. */
function row(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => cell.slice(0, widths[index]).padEnd(widths[index] ?? 0))
    .join(' ')
    .trimEnd();
}
