import { parseArgs } from 'node:util';
import { usageError } from './errors.ts';
import { didYouMean } from './did-you-mean.ts';

/** One flag of a command, as help shows it and the parser reads it. */
interface Flag {
  readonly short?: string;
  /** The placeholder of its value in help, such as `NAME`; a flag without one is a switch. */
  readonly value?: string;
  /** May be given several times. */
  readonly many?: boolean;
  readonly help: string;
  /** The only values it takes. */
  readonly choices?: readonly string[];
}

export type FlagTable = Readonly<Record<string, Flag>>;

/** What was given on the command line. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** What follows `--`; `undefined` where there is none. */
  readonly rest: readonly string[] | undefined;
  has(flag: string): boolean;
  value(flag: string): string | undefined;
  values(flag: string): readonly string[];
}

/** Reads the words against the table. @throws CliError (exit code 2) naming the word and the nearest right one. */
export function readArguments(
  words: readonly string[],
  flags: FlagTable,
  command: string,
  takesRest = false,
): Arguments {
  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  const terminator = words.indexOf('--');
  if (terminator !== -1 && !takesRest) {
    throw usageError(`'azfleet ${command}' takes no '--'`, `see 'azfleet ${command} --help'`);
  }
  const own = terminator === -1 ? words : words.slice(0, terminator);
  const options = Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, parserOption(flag)]));
  const { tokens } = parseArgs({ args: [...own], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined;
    if (flag === undefined) throw unknownFlag(token.rawName, flags, command);
    const value = checkedValue(token.rawName, flag, token.value);
    given.set(token.name, flag.many ? [...(given.get(token.name) ?? []), value] : [value]);
  }
  return {
    positionals,
    rest: terminator === -1 ? undefined : words.slice(terminator + 1),
    has: (flag) => given.has(flag),
    value: (flag) => given.get(flag)?.[0],
    values: (flag) => given.get(flag) ?? [],
  };
}

function parserOption(flag: Flag): { type: 'string' | 'boolean'; short?: string } {
  return {
    type: flag.value === undefined ? 'boolean' : 'string',
    ...(flag.short === undefined ? {} : { short: flag.short }),
  };
}

function checkedValue(rawName: string, flag: Flag, value: string | undefined): string {
  if (flag.value === undefined) {
    if (value !== undefined) throw usageError(`${rawName} takes no value, got '${value}'`);
    return '';
  }
  if (value === undefined || value === '') throw usageError(`${rawName} needs a value: ${rawName} ${flag.value}`);
  if (flag.choices !== undefined && !flag.choices.includes(value)) {
    throw usageError(`${rawName} '${value}' is not one of ${flag.choices.join(', ')}`, didYouMean(value, flag.choices));
  }
  return value;
}

function unknownFlag(rawName: string, flags: FlagTable, command: string): Error {
  const near = didYouMean(
    rawName,
    Object.keys(flags).map((name) => `--${name}`),
  );
  return usageError(`unknown flag ${rawName} for 'azfleet ${command}'`, near ?? `see 'azfleet ${command} --help'`);
}
