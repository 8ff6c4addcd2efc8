import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { writeLauncher } from './launcher.ts';
import type { Sandbox } from './sandbox.ts';

/** Runs the command with the simulator's environment; its exit code is ours. */
export function runCommand(words: readonly string[], sandbox: Sandbox, io: Io): Promise<number> {
  const { file, args, env } = start(words, sandbox, io);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', env });
    io.interruptSignal().addEventListener('abort', () => {
      // A terminal's Ctrl-C has reached the command as well, and a second one would not let it finish.
      if (!io.stdout.isTerminal && !io.stderr.isTerminal) child.kill('SIGINT');
    });
    child.on('error', (cause) => {
      const message = `cannot run '${words[0]}': ${cause.message}`;
      reject(new CliError('COMMAND', message, { exitCode: ExitCode.usage, cause }));
    });
    child.on('close', (code) => resolve(code ?? ExitCode.interrupted));
  });
}

/** `azfleet` is this very azfleet, also where it is not on the PATH. */
function start(
  [command, ...rest]: readonly string[],
  sandbox: Sandbox,
  io: Io,
): { file: string; args: string[]; env: Io['env'] } {
  if (command === 'azfleet') {
    const [file, ...before] = io.self;
    return { file: file!, args: [...before, ...rest], env: { ...io.env, ...sandbox.azfleetEnv } };
  }
  const path = [writeLauncher(sandbox, io), io.env['PATH'] ?? ''].join(delimiter);
  return { file: command!, args: rest, env: { ...io.env, ...sandbox.env, PATH: path } };
}
