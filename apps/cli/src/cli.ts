import { readArguments } from './arguments.ts';
import type { Command, CommandContext } from './command.ts';
import { commands } from './commands.ts';
import { CliError, usageError, withHint } from './errors.ts';
import { ExitCode } from './exit-codes.ts';
import { createExplain, noExplain } from './explain.ts';
import { globalFlags } from './flags.ts';
import { isGlob } from './glob.ts';
import type { Io } from './io.ts';
import { didYouMean } from './did-you-mean.ts';
import { styleFor } from './output/style.ts';
import { visible } from './output/terminal-text.ts';
import { loadSettings } from './settings/load-settings.ts';
import type { Settings } from './settings/settings.ts';

/** Runs one command line and resolves with its exit code. Never rejects: an error is told on stderr. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    return report(error, io);
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const { name, words } = splitCommand(argv);
  if (name === undefined || name === 'help') return await showHelp(name === undefined ? undefined : words[0], io);
  if (name === '--version') return await showVersion(io);
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined) {
    throw usageError(`unknown command '${name}'`, didYouMean(name, Object.keys(commands)) ?? 'see azfleet --help');
  }
  const loading = entry.load();
  const command = loading instanceof Promise ? await loading : loading;
  if (asksForHelp(words)) return await showHelp(name, io);
  const context = commandContext(name, command, words, io);
  try {
    return await command.run(context);
  } finally {
    for (const line of context.explain.lines()) io.stderr.write(`${context.stderrStyle('dim', visible(line))}\n`);
  }
}

function commandContext(name: string, command: Command, words: readonly string[], io: Io): CommandContext {
  const args = readArguments(words, { ...command.flags, ...globalFlags }, name, command.takesRest);
  const explain = args.has('explain') ? createExplain(() => io.sinceStart()) : noExplain;
  explain.phase('start-up');
  const context: CommandContext = {
    io,
    args,
    explain,
    style: styleFor(io.stdout, io.env, args.value('color')),
    stderrStyle: styleFor(io.stderr, io.env, args.value('color')),
    notice: (line) => io.stderr.write(`${visible(line)}\n`),
    settings: () => (settings ??= toldSettings(context)),
  };
  let settings: Promise<Settings> | undefined;
  return context;
}

/** The settings for this command line; what is odd about the file is told once. */
async function toldSettings({ args, io, explain, notice }: CommandContext): Promise<Settings> {
  const context = args.value('context');
  const groups = args.values('resource-group');
  const settings = await loadSettings({
    env: io.env,
    platform: io.platform,
    homeDirectory: io.homeDirectory,
    overrides: {
      ...(context === undefined ? {} : { context }),
      ...(args.has('subscription') ? { subscriptions: args.values('subscription') } : {}),
      // A glob is no group that Azure could be asked for.
      ...(groups.length === 1 && !isGlob(groups[0]!) ? { resourceGroup: groups[0]! } : {}),
    },
  });
  for (const warning of settings.warnings) notice(`azfleet: ${warning}`);
  explain.phase('configuration', settings.context === undefined ? undefined : `context ${settings.context}`);
  return settings;
}

/** The command's name, and all other words in their order: global flags may stand before it. */
function splitCommand(argv: readonly string[]): { name: string | undefined; words: string[] } {
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index]!;
    if (word === '--version' || word === '-V' || word === 'version') return { name: '--version', words: [] };
    if (word === '--help' || word === '-h') return { name: 'help', words: argv.slice(index + 1) };
    if (!word.startsWith('-')) return { name: word, words: argv.filter((_, other) => other !== index) };
    const flag = globalFlags[word.slice(2)];
    if (flag?.value !== undefined && (index += 1) >= argv.length)
      throw usageError(`${word} needs a value: ${word} ${flag.value}`);
    else if (flag === undefined && !word.includes('=')) throw usageError(`unknown flag ${word}`, 'see azfleet --help');
  }
  return { name: undefined, words: [] };
}

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return words.slice(0, end === -1 ? undefined : end).some((word) => word === '--help' || word === '-h');
}

async function showHelp(name: string | undefined, io: Io): Promise<number> {
  const { commandHelp, generalHelp } = await import('./help.ts');
  const layout = { style: styleFor(io.stdout, io.env), columns: io.stdout.columns };
  io.stdout.write(name === undefined ? generalHelp(layout) : await commandHelp(name, layout));
  return ExitCode.ok;
}

async function showVersion(io: Io): Promise<number> {
  const { version } = await import('./version.ts');
  io.stdout.write(`azfleet ${version()}\n`);
  return ExitCode.ok;
}

/** One line for what the user can mend; the stack only for what only we can. */
async function report(error: unknown, io: Io): Promise<number> {
  if (!(error instanceof CliError)) {
    const { toCliError } = await import('./error-report.ts');
    error = toCliError(error);
  }
  const { message, hint, exitCode } = error as CliError;
  const style = styleFor(io.stderr, io.env);
  // A configuration tells all that is wrong with it at once, in one line each.
  const lines = withHint(message, hint).split('\n');
  for (const line of lines) io.stderr.write(`${style('red', 'azfleet:')} ${visible(line)}\n`);
  return exitCode;
}
