import type { FlagTable } from './arguments.ts';
import { commands } from './commands.ts';
import { usageError } from './errors.ts';
import { globalFlags } from './flags.ts';
import { didYouMean } from './did-you-mean.ts';
import type { Style } from './output/style.ts';

const EXIT_CODES: readonly (readonly [string, string])[] = [
  ['0', 'all well'],
  ['1', 'some machines failed'],
  ['2', 'the command line or the configuration is wrong'],
  ['3', 'nothing was selected'],
  ['4', 'not signed in, or not permitted'],
  ['5', 'Azure failed, throttled, or the answer is incomplete or stale'],
  ['124', 'every failure was a time-out'],
  ['130', 'interrupted'],
];

/** How help is laid out: for a terminal's width, and as wide as is good to read elsewhere. */
export interface HelpLayout {
  readonly style: Style;
  readonly columns: number | undefined;
}

const READABLE_COLUMNS = 100;
const LEAST_COLUMNS = 40;

export function generalHelp({ style, columns }: HelpLayout): string {
  const width = textWidth(columns);
  return [
    'azfleet lists Azure virtual machines at once and treats many as one.',
    heading('Usage', style),
    '  azfleet COMMAND [flags]',
    heading('Commands', style),
    ...twoColumns(
      Object.entries(commands).map(([name, { summary }]) => [name, summary]),
      width,
    ),
    heading('Flags of every command', style),
    ...flagLines(globalFlags, width),
    '  -V, --version',
    heading('Exit codes', style),
    ...twoColumns(EXIT_CODES, width),
    '',
    ...indented("azfleet COMMAND --help tells more; 'azfleet demo' shows it on a simulated fleet.", width),
    '',
  ].join('\n');
}

/** @throws CliError (exit code 2) on a command that is not there */
export async function commandHelp(name: string, { style, columns }: HelpLayout): Promise<string> {
  const width = textWidth(columns);
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined) {
    throw usageError(`unknown command '${name}'`, didYouMean(name, Object.keys(commands)) ?? 'see azfleet --help');
  }
  const command = await entry.load();
  return [
    ...wrap(`azfleet ${name}: ${entry.summary}`, width),
    heading('Usage', style),
    ...command.usage.map((line) => `  azfleet ${line}`),
    '',
    ...indented(command.description, width),
    ...(Object.keys(command.flags).length === 0 ? [] : [heading('Flags', style), ...flagLines(command.flags, width)]),
    heading('Flags of every command', style),
    ...flagLines(globalFlags, width),
    heading('Examples', style),
    ...command.examples.flatMap(([line, purpose]) => [`  ${style('dim', `# ${purpose}`)}`, `  ${line}`]),
    '',
  ].join('\n');
}

function heading(text: string, style: Style): string {
  return `\n${style('bold', text)}`;
}

function flagLines(flags: FlagTable, width: number): string[] {
  const rows = Object.entries(flags).map(([name, { short, value, help }]) => {
    const long = value === undefined ? `--${name}` : `--${name} ${value}`;
    return [`${short === undefined ? '    ' : `-${short}, `}${long}`, help] as const;
  });
  return twoColumns(rows, width);
}

/** The right column goes on below itself where a line is too long. */
function twoColumns(rows: readonly (readonly [string, string])[], width: number): string[] {
  const widest = Math.max(...rows.map(([left]) => left.length));
  const indent = widest + 2 * GAP.length;
  return rows.flatMap(([left, right]) =>
    wrap(right, Math.max(width - indent, LEAST_COLUMNS / 2)).map((line, index) =>
      index === 0 ? `${GAP}${left.padEnd(widest)}${GAP}${line}` : `${' '.repeat(indent)}${line}`,
    ),
  );
}

const GAP = '  ';

function indented(text: string, width: number): string[] {
  return wrap(text, width - GAP.length).map((line) => GAP + line);
}

function textWidth(columns: number | undefined): number {
  return Math.max(LEAST_COLUMNS, Math.min(columns ?? READABLE_COLUMNS, READABLE_COLUMNS));
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
