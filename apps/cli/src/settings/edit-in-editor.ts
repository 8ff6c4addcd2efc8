import { ConfigError, formatProblem, updateFile, validateConfig } from '@azfleet/config';
import { createPrivateDirectory } from '@azfleet/durable-file';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { CommandContext } from '../command.ts';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { initialConfig } from './edit-settings.ts';
import type { SettingsPaths } from './paths.ts';
import { schema } from './schema.ts';

/**
 * Lets the user edit a copy of a file until it is valid, and then puts it in the file's place. The text is never lost:
 * where it cannot be used, it stays in a file that is named.
 */
export async function editInEditor(
  context: CommandContext,
  { configFile: path, stateDirectory }: SettingsPaths,
): Promise<number> {
  const before = readText(path);
  await createPrivateDirectory(stateDirectory);
  const directory = mkdtempSync(join(stateDirectory, 'edit-')); // 0700 by itself
  const copy = join(directory, basename(path));
  writeFileSync(copy, before ?? initialConfig, { mode: 0o600, flag: 'wx' });
  const edited = await editUntilValid(context, path, copy);
  if (edited === (before ?? initialConfig)) context.notice('nothing changed');
  else await replace(path, before, edited, copy);
  rmSync(directory, { recursive: true, force: true });
  return ExitCode.ok;
}

async function editUntilValid(context: CommandContext, path: string, copy: string): Promise<string> {
  for (;;) {
    await runEditor(context, copy);
    const text = readFileSync(copy, 'utf8');
    try {
      for (const warning of await validateConfig({ path, text, schema: async () => schema })) {
        context.notice(`azfleet: ${formatProblem(warning)}`);
      }
      return text;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      for (const line of error.message.split('\n')) context.notice(`azfleet: ${line}`);
      if (!(await wantsToGoOn(context))) throw unused(path, copy, 'the text is not valid');
    }
  }
}

async function replace(path: string, before: string | undefined, edited: string, copy: string): Promise<void> {
  await updateFile({
    path,
    update: (text) => {
      if (text !== (before ?? '')) throw unused(path, copy, 'another program changed the file meanwhile');
      return edited;
    },
  });
}

function unused(path: string, copy: string, reason: string): CliError {
  return new CliError('CONFIG_NOT_REPLACED', `${path} is as it was: ${reason}`, {
    exitCode: ExitCode.usage,
    hint: `your text is in ${copy}`,
  });
}

async function wantsToGoOn({ io }: CommandContext): Promise<boolean> {
  if (!io.stderr.isTerminal || !process.stdin.isTTY) return false;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await reader.question('Edit again? [Y/n] ', { signal: io.interruptSignal() });
    return !/^\s*n/i.test(answer);
  } finally {
    reader.close();
  }
}

async function runEditor({ io }: CommandContext, copy: string): Promise<void> {
  const fallback = io.platform === 'win32' ? 'notepad' : 'vi';
  const command = [io.env['VISUAL'], io.env['EDITOR'], fallback].find(
    (text) => text !== undefined && text.trim() !== '',
  );
  const [program = fallback, ...words] = splitWords(command ?? fallback);
  const ended = await new Promise<string | undefined>((resolve) => {
    const child = spawn(program, [...words, copy], { stdio: 'inherit' });
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(code === 0 ? undefined : `it ended with ${signal ?? code}`));
  });
  if (ended === undefined) return;
  throw new CliError('EDITOR_FAILED', `the editor '${program}' failed: ${ended}`, {
    exitCode: ExitCode.usage,
    hint: `nothing was changed; your text is in ${copy}; set VISUAL or EDITOR to another editor`,
  });
}

/** `code --wait "/a b/c"` as words: quotes keep blanks together. No shell has a look at it. */
function splitWords(command: string): string[] {
  return [...command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  );
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
