import { parseArgs } from 'node:util';
import { didYouMean } from './did-you-mean.ts';
import { usageError } from './errors.ts';

/** One flag of a command, as help shows it and the parser reads it. */
export interface Flag {
  readonly short?: string;
  /** The placeholder of its value in help, such as `FILE`; a flag without one is a switch. */
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
  has(flag: string): boolean;
  value(flag: string): string | undefined;
  values(flag: string): readonly string[];
  /** A number within bounds. @throws BenchError (exit code 2) where it is none */
  number(
    flag: string,
    bounds: { readonly min: number; readonly max?: number; readonly integer?: boolean },
  ): number | undefined;
}

/** Reads the words against the table. @throws BenchError (exit code 2) naming the word and the nearest right one */
export function readArguments(words: readonly string[], flags: FlagTable, command: string): Arguments {
  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  const options = Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, parserOption(flag)]));
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined;
    if (flag === undefined) throw unknownFlag(token.rawName, flags, command);
    const value = checkedValue(token.rawName, flag, token.value);
    given.set(token.name, flag.many === true ? [...(given.get(token.name) ?? []), value] : [value]);
  }
  return {
    positionals,
    has: (flag) => given.has(flag),
    value: (flag) => given.get(flag)?.[0],
    values: (flag) => given.get(flag) ?? [],
    number: (flag, bounds) => numberOf(flag, given.get(flag)?.[0], bounds),
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

function numberOf(
  flag: string,
  value: string | undefined,
  { min, max = Number.MAX_SAFE_INTEGER, integer = false }: { min: number; max?: number; integer?: boolean },
): number | undefined {
  if (value === undefined) return undefined;
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (number >= min && number <= max && (!integer || Number.isInteger(number))) return number;
  const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} up` : `from ${min} to ${max}`;
  throw usageError(`--${flag} '${value}' is not a${integer ? ' whole' : ''} number ${range}`);
}

function unknownFlag(rawName: string, flags: FlagTable, command: string): Error {
  const near = didYouMean(
    rawName,
    Object.keys(flags).map((name) => `--${name}`),
  );
  return usageError(
    `unknown flag ${rawName} for 'azfleet-bench ${command}'`,
    near ?? `see 'azfleet-bench ${command} --help'`,
  );
}
