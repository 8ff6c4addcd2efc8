import { readFileSync } from 'node:fs';
import type { Arguments } from '../arguments.ts';
import { CliError, usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { commandOf, scriptCommand } from './remote-command.ts';
import { stdinAsItComes, stdinForMany, stdinOfBytes, type StdinSource } from './stdin-copy.ts';

/** What is to be run, and what it reads. */
export interface Order {
  /** What the user's shell over there gets. */
  readonly command: string;
  readonly input: 'nothing' | 'stdin' | Uint8Array;
}

/** @throws CliError (exit code 2) */
export function readOrder(args: Arguments): Order {
  const { positionals, rest = [] } = args;
  const file = args.value('script');
  const sudo = args.has('sudo');
  if (args.has('stdin') && file !== undefined) {
    throw usageError('--script and --stdin contradict each other', 'a script gets no input of its own');
  }
  if (args.has('stdin') && args.value('targets-from') === '-') {
    throw usageError('--stdin and --targets-from - contradict each other', 'read the names from a file');
  }
  if (file !== undefined) {
    const script = readScript(file);
    return { input: script, command: scriptCommand(script, rest, sudo) };
  }
  if (rest.some((word) => word.trim() !== '')) {
    return { input: args.has('stdin') ? 'stdin' : 'nothing', command: commandOf(rest, sudo) };
  }
  const example = `azfleet run ${positionals[0] ?? "'web-*'"} -- ${positionals.slice(1).join(' ') || 'uptime'}`;
  throw usageError('run needs a command', `it follows --, for example: ${example}`);
}

function readScript(file: string): Uint8Array {
  let script: Uint8Array;
  try {
    script = readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError('SCRIPT_UNREADABLE', `--script ${file}: cannot be read (${code})`, {
      exitCode: ExitCode.usage,
      hint: 'check the name',
      cause: error,
    });
  }
  if (script.length > 0) return script;
  throw usageError(`--script ${file}: there is nothing in it`);
}

/** One machine reads stdin as it comes; several get a copy each, and so have to wait for its end. */
export async function inputOf({ input }: Order, io: Io, isOne: boolean): Promise<StdinSource | undefined> {
  if (input === 'nothing') return undefined;
  if (input !== 'stdin') return stdinOfBytes(input);
  return isOne ? stdinAsItComes(io.stdin()) : await stdinForMany(io, io.interruptSignal());
}
