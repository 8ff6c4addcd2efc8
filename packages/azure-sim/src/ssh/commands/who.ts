import { print, type Command } from '../shell/command.ts';
import { factsOf, two, type Facts } from './facts.ts';

export const uptime: Command = (_args, context) => print(context, `${headline(factsOf(context))}\n`);

/** As procps prints it; `-h` leaves out both headings. */
export const w: Command = (args, context) => {
  const facts = factsOf(context);
  const rows = facts.logins.map(({ user, terminal, from, at, idle, what }) =>
    row([user, terminal, from, at, idle, '0.04s', '0.04s', what]),
  );
  const headings = [headline(facts), row(['USER', 'TTY', 'FROM', 'LOGIN@', 'IDLE', 'JCPU', 'PCPU', 'WHAT'])];
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

function row(cells: readonly string[]): string {
  const widths = [8, 8, 16, 7, 7, 6, 5];
  return cells
    .map((cell, index) => cell.padEnd(widths[index] ?? 0))
    .join(' ')
    .trimEnd();
}
