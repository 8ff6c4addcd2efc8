import type { FlagTable } from './arguments.ts';
import type { CommandContext } from './command.ts';
import { didYouMean } from './did-you-mean.ts';
import { usageError } from './errors.ts';

/** What a command such as `config` does when `get` follows it. */
export interface Subcommand {
  /** What follows `azfleet`: `config get [KEY]`. */
  readonly usage: string;
  /** How many words it takes. */
  readonly least: number;
  readonly most: number;
  /** Its own flags, and the context's where it means something. All others are refused. */
  readonly flags: readonly string[];
  run(context: CommandContext, words: readonly string[]): number | Promise<number>;
}

/** Runs the subcommand that the first word names. @throws CliError (exit code 2) on one that is not there, or misused */
export async function runSubcommand(
  context: CommandContext,
  command: string,
  flags: FlagTable,
  subcommands: Readonly<Record<string, Subcommand>>,
): Promise<number> {
  const [name, ...words] = [...context.args.positionals, ...(context.args.rest ?? [])];
  const known = Object.keys(subcommands);
  if (name === undefined)
    throw usageError(`${command} needs one of ${known.join(', ')}`, `see azfleet ${command} --help`);
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (subcommand === undefined) {
    const near = didYouMean(
      `${command} ${name}`,
      known.map((other) => `${command} ${other}`),
    );
    throw usageError(`unknown '${command} ${name}'`, near ?? `known: ${known.join(', ')}`);
  }
  const usage = `usage: azfleet ${subcommand.usage}`;
  if (words.length < subcommand.least) throw usageError(`${command} ${name} needs more words`, usage);
  if (words.length > subcommand.most)
    throw usageError(`${command} ${name} takes no '${words[subcommand.most]}'`, usage);
  const unused = [...Object.keys(flags), 'context'].find(
    (flag) => context.args.has(flag) && !subcommand.flags.includes(flag),
  );
  if (unused !== undefined) throw usageError(`${command} ${name} takes no --${unused}`, usage);
  return await subcommand.run(context, words);
}
