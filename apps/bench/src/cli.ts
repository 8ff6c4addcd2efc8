import { readArguments } from './arguments.ts';
import { commands } from './commands.ts';
import { didYouMean } from './did-you-mean.ts';
import { BenchError, oneLine, usageError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';
import { globalFlags } from './flags.ts';
import type { Io } from './io.ts';
import { styleFor } from './output/style.ts';
import { visible } from './output/terminal-text.ts';

/** Runs one command line and resolves with its exit code. Never rejects: an error is told on stderr. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    return report(error, io);
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...words] = argv;
  if (name === undefined || name === '--help' || name === '-h') return await showHelp(undefined, io);
  if (name === 'help') return await showHelp(words[0], io);
  if (name === '--version' || name === '-V' || name === 'version') return await showVersion(io);
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined) {
    const what = name.startsWith('-') ? `'${name}' stands before any command` : `unknown command '${name}'`;
    throw usageError(what, didYouMean(name, Object.keys(commands)) ?? "see 'azfleet-bench --help'");
  }
  if (words.includes('--help') || words.includes('-h')) return await showHelp(name, io);
  const command = await entry.load();
  const args = readArguments(words, { ...command.flags, ...globalFlags }, name);
  return await command.run({
    io,
    args,
    style: styleFor(io.stdout, io.env, args.value('color')),
    stderrStyle: styleFor(io.stderr, io.env, args.value('color')),
    notice: (line) => io.stderr.write(`${visible(line)}\n`),
  });
}

async function showHelp(name: string | undefined, io: Io): Promise<ExitCode> {
  const { commandHelp, generalHelp } = await import('./help.ts');
  const style = styleFor(io.stdout, io.env);
  io.stdout.write(name === undefined ? generalHelp(style) : await commandHelp(name, style));
  return ExitCode.ok;
}

async function showVersion(io: Io): Promise<ExitCode> {
  const { version } = await import('./version.ts');
  io.stdout.write(`azfleet-bench ${version()}\n`);
  return ExitCode.ok;
}

/** One line for what the person can mend; the stack only for what only we can. */
function report(error: unknown, io: Io): ExitCode {
  const style = styleFor(io.stderr, io.env);
  const known = error instanceof BenchError;
  io.stderr.write(`${style('red', 'azfleet-bench:')} ${visible(oneLine(error))}\n`);
  if (!known && error instanceof Error && error.stack !== undefined) {
    for (const line of error.stack.split('\n').slice(1)) io.stderr.write(`${visible(line)}\n`);
  }
  return known ? error.exitCode : ExitCode.failed;
}
