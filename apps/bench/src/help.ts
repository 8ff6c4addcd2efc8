import type { FlagTable } from './arguments.ts';
import { commands } from './commands.ts';
import { didYouMean } from './did-you-mean.ts';
import { usageError } from './errors.ts';
import { globalFlags } from './flags.ts';
import type { Style } from './output/style.ts';

const EXIT_CODES: readonly (readonly [string, string])[] = [
  ['0', 'all well'],
  ['1', 'the gate is closed, or a suite failed'],
  ['2', 'the command line is wrong, or a file or suite cannot be read'],
  ['130', 'interrupted; what was measured is kept'],
];

export function generalHelp(style: Style): string {
  return [
    'azfleet-bench measures things side by side, and says whether a difference is one.',
    heading('Usage', style),
    '  azfleet-bench COMMAND [flags]',
    heading('Commands', style),
    ...twoColumns(Object.entries(commands).map(([name, { summary }]) => [name, summary])),
    heading('Flags of every command', style),
    ...flagLines(globalFlags),
    '  -h, --help',
    '  -V, --version',
    heading('Exit codes', style),
    ...twoColumns(EXIT_CODES),
    '',
    '  azfleet-bench COMMAND --help tells more.',
    '',
  ].join('\n');
}

/** @throws BenchError (exit code 2) on a command that is not there */
export async function commandHelp(name: string, style: Style): Promise<string> {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined) {
    throw usageError(
      `unknown command '${name}'`,
      didYouMean(name, Object.keys(commands)) ?? "see 'azfleet-bench --help'",
    );
  }
  const command = await entry.load();
  return [
    `azfleet-bench ${name}: ${entry.summary}`,
    heading('Usage', style),
    ...command.usage.map((line) => `  azfleet-bench ${line}`),
    '',
    ...wrap(command.description, 96).map((line) => `  ${line}`),
    ...(Object.keys(command.flags).length === 0 ? [] : [heading('Flags', style), ...flagLines(command.flags)]),
    heading('Flags of every command', style),
    ...flagLines(globalFlags),
    heading('Examples', style),
    ...command.examples.flatMap(([line, purpose]) => [`  ${style('dim', `# ${purpose}`)}`, `  ${line}`]),
    '',
  ].join('\n');
}

function heading(text: string, style: Style): string {
  return `\n${style('bold', text)}`;
}

function flagLines(flags: FlagTable): string[] {
  return twoColumns(
    Object.entries(flags).map(([name, { short, value, help }]) => {
      const long = value === undefined ? `--${name}` : `--${name} ${value}`;
      return [`${short === undefined ? '    ' : `-${short}, `}${long}`, help];
    }),
  );
}

function twoColumns(rows: readonly (readonly [string, string])[]): string[] {
  const widest = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(widest)}  ${right}`);
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
