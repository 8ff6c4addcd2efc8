import { ConfigError, formatProblem, parseKey, type Problem, validateConfig } from '@azfleet/config';
import { existsSync } from 'node:fs';
import type { Command, CommandContext } from '../command.ts';
import { didYouMean } from '../did-you-mean.ts';
import { usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { printJson, printRows } from '../output/print-rows.ts';
import { visible } from '../output/terminal-text.ts';
import { editSettings, setFromText } from '../settings/edit-settings.ts';
import { loadConfig } from '../settings/load-settings.ts';
import { schema } from '../settings/schema.ts';
import { pathsOf, settingsRequest } from '../settings/settings-request.ts';
import { sessionsFile } from '../settings/sessions.ts';
import { type ShownSetting, shownSettings, valueText } from '../settings/show-setting.ts';
import { runSubcommand, type Subcommand } from '../subcommands.ts';

const subcommands: Readonly<Record<string, Subcommand>> = {
  path: { usage: 'config path', least: 0, most: 0, flags: [], run: showPath },
  get: {
    usage: 'config get [KEY] [--show-origin]',
    least: 0,
    most: 1,
    flags: ['context', 'show-origin', 'output'],
    run: get,
  },
  set: { usage: 'config set KEY VALUE…', least: 2, most: Infinity, flags: ['context'], run: set },
  unset: { usage: 'config unset KEY', least: 1, most: 1, flags: ['context'], run: unset },
  edit: { usage: 'config edit', least: 0, most: 0, flags: [], run: edit },
  validate: { usage: 'config validate [FILE]', least: 0, most: 1, flags: [], run: validate },
};

export const config: Command = {
  usage: Object.values(subcommands).map(({ usage }) => usage),
  description:
    'Shows and changes the configuration. get: what a setting is, or all of them; with --show-origin also where it comes ' +
    'from. set, unset: change a key and nothing else in the file, with --context in that context; several VALUEs make a ' +
    'list. edit: opens $VISUAL or $EDITOR, and keeps the file as it was until the text is valid.',
  flags: {
    'show-origin': { help: 'tell where each value comes from: file and line, variable, flag or default' },
    output: { short: 'o', value: 'FORMAT', choices: ['table', 'json'], help: 'table (default) or json, for get' },
  },
  examples: [
    ['azfleet config get ssh.user --show-origin', 'one setting, and who says so'],
    ['azfleet config set cache.vm_status 30s', 'shorter freshness for states'],
    ['azfleet config set --context work ssh.identity_files ~/.ssh/id_a ~/.ssh/id_b', 'a list, in a context'],
  ],
  run: (context) => runSubcommand(context, 'config', config.flags, subcommands),
};

function showPath(context: CommandContext): number {
  context.io.stdout.write(`${pathsOf(context).configFile}\n`);
  return ExitCode.ok;
}

async function get(context: CommandContext, [key]: readonly string[]): Promise<number> {
  const { wanted, settings } = await wantedSettings(context, key);
  const withOrigin = context.args.has('show-origin');
  const [first] = settings;
  if (context.args.value('output') === 'json') {
    const shown = settings.map(({ origin, ...rest }) => (withOrigin ? { ...rest, origin } : rest));
    printJson(context.io.stdout, { schemaVersion: 1, settings: shown });
  } else if (first?.key === wanted) {
    if (first.value === null) context.notice(`azfleet: ${wanted} is not set`);
    else printOne(context, [...(withOrigin ? [first.origin] : []), valueText(first.value)]);
  } else {
    const headers = ['KEY', 'VALUE', ...(withOrigin ? ['ORIGIN'] : [])];
    const rows = settings.map(({ key, value, origin }) => [key, valueText(value), origin].slice(0, headers.length));
    printRows(context, headers, rows);
  }
  return ExitCode.ok;
}

/** For a script as it is; for a terminal without the controls that a file may hold. */
function printOne({ io: { stdout } }: CommandContext, cells: readonly string[]): void {
  stdout.write(`${cells.map((cell) => (stdout.isTerminal ? visible(cell) : cell)).join('\t')}\n`);
}

/** One setting, a table of them, or all. `contexts.work.ssh` asks for what is in force in that context. */
async function wantedSettings(
  context: CommandContext,
  key: string | undefined,
): Promise<{ wanted: string; settings: readonly ShownSetting[] }> {
  const parts = key === undefined ? [] : keyParts(key);
  if (parts[0] === 'contexts' && parts.length === 1) {
    throw usageError('contexts: each has settings of its own', 'see: azfleet context list, azfleet context show NAME');
  }
  const isContext = parts[0] === 'contexts';
  const wanted = (isContext ? parts.slice(2) : parts).join('.');
  const all = shownSettings(await loadConfig(settingsRequest(context, isContext ? parts[1] : undefined)));
  const settings = all.filter((setting) => wanted === '' || `${setting.key}.`.startsWith(`${wanted}.`));
  if (settings.length > 0) return { wanted, settings };
  const near = didYouMean(
    wanted,
    all.map((setting) => setting.key),
  );
  throw usageError(`${wanted}: unknown key`, near ?? "see 'azfleet config get'");
}

function keyParts(key: string): string[] {
  const parts = parseKey(key);
  if (parts === undefined)
    throw usageError(`'${key}' is not a key`, 'write it as in TOML: ssh.port, contexts."my work".cloud');
  return parts;
}

/** With `--context`, keys are those of that context. */
function keyIn({ args }: CommandContext, key: string): string[] {
  const context = args.value('context');
  return context === undefined ? keyParts(key) : ['contexts', context, ...keyParts(key)];
}

async function set(context: CommandContext, [key = '', ...words]: readonly string[]): Promise<number> {
  const edit = await setFromText(keyIn(context, key), words);
  await editSettings(context, [edit]);
  return ExitCode.ok;
}

async function unset(context: CommandContext, [key = '']: readonly string[]): Promise<number> {
  const { changed } = await editSettings(context, [{ unset: keyIn(context, key) }]);
  if (!changed) context.notice(`azfleet: ${key} is not set in ${pathsOf(context).configFile}`);
  return ExitCode.ok;
}

async function edit(context: CommandContext): Promise<number> {
  const { editInEditor } = await import('../settings/edit-in-editor.ts');
  return await editInEditor(context, pathsOf(context));
}

async function validate(context: CommandContext, [file]: readonly string[]): Promise<number> {
  const paths = pathsOf(context);
  const path = file ?? paths.configFile;
  if (file !== undefined && !existsSync(file)) throw usageError(`there is no ${file}`);
  const warnings: Problem[] = [];
  const problems: Problem[] = [];
  const check = async (load: () => Promise<readonly Problem[]>): Promise<void> => {
    try {
      warnings.push(...(await load()));
    } catch (error) {
      if (!(error instanceof ConfigError) || error.problems.length === 0) throw error;
      problems.push(...error.problems);
    }
  };
  await check(async () => await validateConfig({ path, schema: async () => schema }));
  if (file === undefined) await check(async () => (await sessionsFile({ paths }).load(), []));
  for (const warning of warnings) context.notice(`azfleet: ${formatProblem(warning)}`);
  for (const problem of problems) context.notice(`azfleet: ${formatProblem(problem)}`);
  if (problems.length > 0) return ExitCode.usage;
  context.notice(existsSync(path) ? `${path} is valid` : `there is no ${path}: the defaults are in force`);
  return ExitCode.ok;
}
