import { commands } from '../commands/commands.ts';
import { complain, input, type Command, type CommandContext } from './command.ts';
import { parse, ShellSyntaxError, type SimpleCommand } from './parse.ts';

/** Runs a script as a login shell would; returns the exit code of the last command. */
export async function runScript(script: string, context: CommandContext): Promise<number> {
  let parsed: SimpleCommand[];
  try {
    parsed = parse(script);
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    return complain(context, `sh: ${error.message}: this machine is simulated and knows simple commands only`, 2);
  }
  let code = 0;
  for (const { when, words } of parsed) {
    if (context.signal.aborted) return code;
    if ((when === 'after success' && code !== 0) || (when === 'after failure' && code === 0)) continue;
    const { env, rest } = assignments(words);
    const [name = '', ...args] = rest;
    if (rest.length === 0) code = 0;
    else if (name === 'exit') return args[0] === undefined ? code : Number(args[0]) & 0xff;
    else code = await runCommand(name, args, { ...context, env: { ...context.env, ...env } });
  }
  return code;
}

/** `LC_ALL=C ps` → the variables for this command, and the rest of its words. */
function assignments(words: readonly string[]): { env: Record<string, string>; rest: readonly string[] } {
  const end = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  const own = end === -1 ? words : words.slice(0, end);
  const env = Object.fromEntries(
    own.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );
  return { env, rest: words.slice(own.length) };
}

async function runCommand(name: string, args: readonly string[], context: CommandContext): Promise<number> {
  const command = wrappers[name] ?? commands[name];
  if (command === undefined) return complain(context, `sh: ${name}: command not found`, 127);
  return command(args, context);
}

/** `sh -c SCRIPT`, and `sh` or `sh -s`, which read it from their input. */
const shell: Command = async (args, context) => {
  const [option, script] = args;
  if (option === '-c') return runScript(script ?? '', context);
  const chunks: Uint8Array[] = [];
  for await (const chunk of input(context)) chunks.push(chunk);
  return runScript(Buffer.concat(chunks).toString(), context);
};

/** Everybody may do everything here. */
const sudo: Command = (args, context) => {
  const start = args.findIndex((arg) => !arg.startsWith('-'));
  const [name = '', ...rest] = start === -1 ? [] : args.slice(start);
  const root = { ...context, machine: { ...context.machine, adminUsername: 'root' } };
  return name === '' ? 0 : runCommand(name, rest, root);
};

/** `env NAME=VALUE… COMMAND`. */
const env: Command = async (words, context) => {
  const { env: own, rest } = assignments(words);
  const [name, ...args] = rest;
  return name === undefined ? 0 : runCommand(name, args, { ...context, env: { ...context.env, ...own } });
};

const wrappers: Readonly<Record<string, Command | undefined>> = { sh: shell, bash: shell, '/bin/sh': shell, sudo, env };
