import { ConfigError, formatProblem, updateFile, validateConfig } from '@azfleet/config';
import { createPrivateDirectory } from '@azfleet/durable-file';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { CommandContext } from '../command.ts';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { initialConfig } from './edit-settings.ts';
import type { SettingsPaths } from './paths.ts';
import { schema } from './schema.ts';

/** A file, and the copy of it that is edited. */
interface Editing {
  readonly path: string;
  /** What is in the file; undefined when there is none. */
  readonly before: string | undefined;
  readonly copy: string;
  /** What the copy began with. */
  readonly original: string;
}

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
  const editing = { path, before, copy, original: before ?? initialConfig };
  let isDone = false;
  try {
    writeFileSync(copy, editing.original, { mode: 0o600, flag: 'wx' });
    const edited = await editUntilValid(context, editing);
    if (edited === editing.original) context.notice('nothing changed');
    else await replace(editing, edited);
    isDone = true;
  } finally {
    if (isDone || !holdsNewText(editing)) rmSync(directory, { recursive: true, force: true });
  }
  return ExitCode.ok;
}

function holdsNewText({ copy, original }: Editing): boolean {
  const text = readText(copy);
  return text !== undefined && text !== original;
}

async function editUntilValid(context: CommandContext, editing: Editing): Promise<string> {
  const { path, copy } = editing;
  for (;;) {
    await runEditor(context, editing);
    const text = readText(copy);
    if (text === undefined) throw editorFailed(editing, 'the editor removed the file that it was given');
    try {
      for (const warning of await validateConfig({ path, text, schema: async () => schema })) {
        context.notice(`azfleet: ${formatProblem(warning)}`);
      }
      return text;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      for (const line of error.message.split('\n')) context.notice(`azfleet: ${line}`);
      if (!(await wantsToGoOn(context))) throw unused(editing, 'the text is not valid');
    }
  }
}

async function replace(editing: Editing, edited: string): Promise<void> {
  const { path, before } = editing;
  await updateFile({
    path,
    update: (text) => {
      if (text !== (before ?? '')) throw unused(editing, 'another program changed the file meanwhile');
      return edited;
    },
  });
}

function unused(editing: Editing, reason: string): CliError {
  return new CliError('CONFIG_NOT_REPLACED', `${editing.path} is as it was: ${reason}`, {
    exitCode: ExitCode.usage,
    ...(holdsNewText(editing) ? { hint: `your text is in ${editing.copy}` } : {}),
  });
}

function editorFailed(editing: Editing, reason: string): CliError {
  const text = holdsNewText(editing) ? `; your text is in ${editing.copy}` : '';
  return new CliError('EDITOR_FAILED', reason, {
    exitCode: ExitCode.usage,
    hint: `nothing was changed${text}; set VISUAL or EDITOR to another editor`,
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

async function runEditor({ io }: CommandContext, editing: Editing): Promise<void> {
  const fallback = io.platform === 'win32' ? 'notepad' : 'vi';
  const command = [io.env['VISUAL'], io.env['EDITOR'], fallback].find(
    (text) => text !== undefined && text.trim() !== '',
  );
  const [program = fallback, ...words] = splitWords(command ?? fallback);
  const ended = await new Promise<string | undefined>((resolve) => {
    const child = spawn(program, [...words, editing.copy], { stdio: 'inherit' });
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(code === 0 ? undefined : `it ended with ${signal ?? code}`));
  });
  if (ended !== undefined) throw editorFailed(editing, `the editor '${program}' failed: ${ended}`);
}

/** `code --wait "/a b/c"` as words: quotes keep blanks together. No shell has a look at it. */
function splitWords(command: string): string[] {
  return [...command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  );
}

/** @throws CliError on what is no file: a pipe would be waited for without end */
function readText(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (stats.isFile()) return readFileSync(path, 'utf8');
  throw new CliError('CONFIG_UNREADABLE', `${path}: cannot be edited: it is not a regular file`, {
    exitCode: ExitCode.usage,
  });
}
