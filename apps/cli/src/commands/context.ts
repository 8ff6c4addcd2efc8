import { formatValue, type LoadedConfig, locateKey, parseKey, type TomlEdit } from '@azfleet/config';
import type { Command, CommandContext } from '../command.ts';
import { didYouMean } from '../did-you-mean.ts';
import { usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { printJson, printRows } from '../output/print-rows.ts';
import { editSettings, setFromText } from '../settings/edit-settings.ts';
import { loadConfig } from '../settings/load-settings.ts';
import type { SettingValues } from '../settings/settings.ts';
import { pathsOf, settingsRequest } from '../settings/settings-request.ts';
import { shownSettings, valueText } from '../settings/show-setting.ts';
import { runSubcommand, type Subcommand } from '../subcommands.ts';

type Config = LoadedConfig<SettingValues>;

const subcommands: Readonly<Record<string, Subcommand>> = {
  list: { usage: 'context list', least: 0, most: 0, flags: ['context', 'output'], run: list },
  use: { usage: 'context use NAME', least: 1, most: 1, flags: [], run: use },
  show: { usage: 'context show [NAME]', least: 0, most: 1, flags: ['context', 'output'], run: show },
  set: { usage: 'context set NAME KEY=VALUE…', least: 2, most: Infinity, flags: [], run: set },
  delete: { usage: 'context delete NAME', least: 1, most: 1, flags: [], run: remove },
};

export const context: Command = {
  usage: Object.values(subcommands).map(({ usage }) => usage),
  description:
    'A context is a set of subscriptions with the credentials, the endpoint and the SSH settings that go with them. ' +
    'set makes it, or changes keys of it: a key that is given several times is a list, and KEY= removes it. use makes ' +
    'it the one that is used where neither --context nor AZFLEET_CONTEXT names one.',
  flags: { output: { short: 'o', value: 'FORMAT', choices: ['table', 'json'], help: 'table (default) or json' } },
  examples: [
    ['azfleet context set work subscriptions=ID1 subscriptions=ID2 resource_group=web', 'make one'],
    ['azfleet context set work ssh.user=ops ssh.jump=ops@bastion', 'with SSH settings of its own'],
    ['azfleet context use work', 'from now on'],
    ['azfleet context show work', 'what is in force there, and where it comes from'],
  ],
  run: (commandContext) => runSubcommand(commandContext, 'context', context.flags, subcommands),
};

async function list(commandContext: CommandContext): Promise<number> {
  const { io, args } = commandContext;
  const file = await configWithoutContext(commandContext);
  const current = currentName(commandContext, file);
  const each = await Promise.all(
    file.contexts.map(async (name) => ({ name, config: await loadConfig(settingsRequest(commandContext, name)) })),
  );
  if (args.value('output') === 'json') {
    const contexts = each.map(({ name, config: { values } }) => ({
      name,
      current: name === current,
      subscriptions: values.subscriptions,
      endpoint: values.endpoint ?? null,
      cloud: values.cloud,
      credential: values.credential,
    }));
    printJson(io.stdout, { schemaVersion: 1, contexts });
    return ExitCode.ok;
  }
  const rows = each.map(({ name, config: { values } }) => [
    name === current ? '*' : '',
    name,
    values.subscriptions.join(' '),
    values.endpoint ?? values.cloud,
    values.credential,
  ]);
  printRows(commandContext, ['', 'NAME', 'SUBSCRIPTIONS', 'WHERE', 'CREDENTIAL'], rows);
  if (rows.length === 0)
    commandContext.notice('no context yet; make one with: azfleet context set NAME subscriptions=ID');
  return ExitCode.ok;
}

async function show(commandContext: CommandContext, [name]: readonly string[]): Promise<number> {
  const config = await loadConfig(settingsRequest(commandContext, name));
  const settings = shownSettings(config).filter(({ key }) => key !== 'default_context');
  if (commandContext.args.value('output') === 'json') {
    printJson(commandContext.io.stdout, { schemaVersion: 1, context: config.context ?? null, settings });
    return ExitCode.ok;
  }
  printRows(
    commandContext,
    ['KEY', 'VALUE', 'ORIGIN'],
    settings.map(({ key, value, origin }) => [key, valueText(value), origin]),
  );
  commandContext.notice(config.context === undefined ? 'no context is in use' : `context ${config.context}`);
  return ExitCode.ok;
}

async function use(commandContext: CommandContext, [name = '']: readonly string[]): Promise<number> {
  const { contexts } = await configWithoutContext(commandContext);
  assertKnown(name, contexts);
  await editSettings(commandContext, [{ set: ['default_context'], value: name }]);
  return ExitCode.ok;
}

async function set(commandContext: CommandContext, [name = '', ...words]: readonly string[]): Promise<number> {
  const texts = new Map<string, string[]>();
  for (const word of words) {
    const [, key, text] = /^([^=]+)=([^]*)$/.exec(word) ?? [];
    if (key === undefined || text === undefined)
      throw usageError(`'${word}' is not KEY=VALUE`, 'for example: resource_group=web');
    texts.set(key, [...(texts.get(key) ?? []), text]);
  }
  const edits = [...texts].map(async ([key, values]): Promise<TomlEdit> => {
    const parts = parseKey(key);
    if (parts === undefined) throw usageError(`'${key}' is not a key`, 'write it as in TOML: ssh.port');
    const path = ['contexts', name, ...parts];
    return values.every((value) => value === '') ? { unset: path } : await setFromText(path, values);
  });
  const { changed, valid } = await editSettings(commandContext, await Promise.all(edits));
  if (!changed) tellUnchanged(commandContext, name, [...texts]);
  if (!valid) return ExitCode.ok;
  const { contexts, values } = await configWithoutContext(commandContext);
  if (values.default_context === undefined && contexts.includes(name)) {
    commandContext.notice(`use it with: azfleet context use ${formatName(name)}`);
  }
  return ExitCode.ok;
}

/** Nothing but removals of what is not there makes no context, which its name promised. */
function tellUnchanged(
  commandContext: CommandContext,
  name: string,
  texts: readonly (readonly [key: string, values: readonly string[]])[],
): void {
  const { configFile } = pathsOf(commandContext);
  if (locateKey(configFile, ['contexts', name]) === undefined) {
    throw usageError(
      `no context named ${JSON.stringify(name)}, and KEY= makes none`,
      'give it a value, such as subscriptions=ID',
    );
  }
  const removed = texts.filter(([, values]) => values.every((value) => value === '')).map(([key]) => key);
  if (removed.length > 0) commandContext.notice(`azfleet: context ${formatName(name)} sets no ${removed.join(', ')}`);
}

async function remove(commandContext: CommandContext, [name = '']: readonly string[]): Promise<number> {
  const { contexts, values } = await configWithoutContext(commandContext);
  assertKnown(name, contexts);
  const isDefault = values.default_context === name;
  const edits: TomlEdit[] = [{ unset: ['contexts', name] }];
  if (isDefault) edits.push({ unset: ['default_context'] });
  await editSettings(commandContext, edits);
  if (isDefault) commandContext.notice('it was the default context; choose another with: azfleet context use NAME');
  return ExitCode.ok;
}

/** The file's own state, even if the context that it or a variable names is not there. */
async function configWithoutContext(commandContext: CommandContext): Promise<Config> {
  return await loadConfig(settingsRequest(commandContext, null));
}

/** The context that would be used, there or not. */
function currentName({ io, args }: CommandContext, { values }: Config): string | undefined {
  return args.value('context') ?? (io.env['AZFLEET_CONTEXT'] || values.default_context);
}

function assertKnown(name: string, contexts: readonly string[]): void {
  if (contexts.includes(name)) return;
  const known = contexts.length === 0 ? 'there is none yet' : `known: ${contexts.join(', ')}`;
  throw usageError(`no context named ${JSON.stringify(name)}`, didYouMean(name, contexts) ?? known);
}

function formatName(name: string): string {
  return /^[A-Za-z0-9_.-]+$/.test(name) ? name : formatValue(name);
}
