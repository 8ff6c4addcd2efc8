import type { Cache } from '@azfleet/cache';
import type { Command, CommandContext } from '../command.ts';
import { didYouMean } from '../did-you-mean.ts';
import { usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { openCache } from '../fleet/store.ts';
import { simpleColumns } from '../output/simple-table.ts';
import { renderTable } from '../output/table.ts';
import { visibleJson } from '../output/terminal-text.ts';

export const cache: Command = {
  usage: ['cache stats', 'cache clear [PATTERN]', 'cache path', 'cache warm [-s SUBSCRIPTION]'],
  description:
    'Looks after what is kept on disk. stats: what is there, by kind. clear: forgets all of it, or what matches a PATTERN ' +
    'of kind and place: vm_status, vm_status:*, *:*/SUBSCRIPTION. path: where it is. warm: asks Azure for what is not fresh.',
  flags: {
    subscription: { short: 's', value: 'ID|NAME|*', many: true, help: 'warm this subscription, or all of them (*)' },
    background: { help: 'warm without a word, and only if nobody else does' },
    output: { short: 'o', value: 'FORMAT', choices: ['table', 'json'], help: 'table (default) or json, for stats' },
  },
  examples: [
    ['azfleet cache stats', 'what is kept'],
    ["azfleet cache clear 'vm_status:*'", 'forget every state, keep the rest'],
    ['azfleet cache warm', 'from cron, so that every listing is at once'],
  ],
  run: runCache,
};

const ACTIONS: Readonly<Record<string, (context: CommandContext, words: readonly string[]) => Promise<number>>> = {
  stats: (context) => withCache(context, showStats),
  clear: (context, [pattern]) => withCache(context, (opened) => clear(context, opened, pattern)),
  path: showPath,
  warm: async (context) => (await import('../fleet/warm.ts')).warm(context),
};

async function runCache(context: CommandContext): Promise<number> {
  const [name, ...words] = context.args.positionals;
  const known = Object.keys(ACTIONS);
  if (name === undefined)
    throw usageError(`cache needs one of ${known.join(', ')}`, 'for example: azfleet cache stats');
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) {
    const near = didYouMean(
      `cache ${name}`,
      known.map((one) => `cache ${one}`),
    );
    throw usageError(`unknown 'cache ${name}'`, near ?? `known: ${known.join(', ')}`);
  }
  const most = name === 'clear' ? 1 : 0;
  if (words.length > most) throw usageError(`cache ${name} takes no '${words[most]}'`, 'see azfleet cache --help');
  return await action(context, words);
}

async function withCache(
  context: CommandContext,
  action: (opened: Cache, context: CommandContext) => Promise<number>,
): Promise<number> {
  const opened = openCache(await context.settings(), context.io, (warning) => context.notice(`azfleet: ${warning}`));
  try {
    return await action(opened, context);
  } finally {
    await opened.close();
  }
}

async function showPath({ io, settings }: CommandContext): Promise<number> {
  const { paths } = await settings();
  io.stdout.write(`${paths.cacheDirectory}\n`);
  return ExitCode.ok;
}

async function showStats(opened: Cache, { args, io, style, settings }: CommandContext): Promise<number> {
  const { entries, bytes, namespaces } = await opened.stats();
  const { paths, cache: limits } = await settings();
  if (args.value('output') === 'json') {
    const kept = namespaces.map((one) => ({ name: one.name, entries: one.entries, bytes: one.bytes }));
    const document = {
      schemaVersion: 1,
      path: paths.cacheDirectory,
      entries,
      bytes,
      maxBytes: limits.maxBytes,
      namespaces: kept,
    };
    const text = `${JSON.stringify(document, null, 2)}\n`;
    io.stdout.write(io.stdout.isTerminal ? visibleJson(text) : text);
    return ExitCode.ok;
  }
  const rows = namespaces
    .filter((one) => one.entries > 0)
    .map((one) => [
      kindOf(one.name),
      String(one.entries),
      size(one.bytes),
      one.name.slice(kindOf(one.name).length + 1),
    ]);
  const columns = simpleColumns(['KIND', 'ENTRIES', 'SIZE', 'OF'], rows);
  if (rows.length > 0) io.stdout.write(renderTable(columns, { style, maxWidth: io.stdout.columns }));
  io.stderr.write(
    `${entries} entries, ${size(bytes)} of at most ${size(limits.maxBytes)}, in ${paths.cacheDirectory}\n`,
  );
  return ExitCode.ok;
}

function kindOf(name: string): string {
  return name.slice(0, name.indexOf(':'));
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

async function clear({ notice }: CommandContext, opened: Cache, pattern = '*'): Promise<number> {
  const before = await opened.stats();
  const { entries, bytes, namespaces } = await opened.clear(namespacePattern(pattern));
  if (namespaces === 0 && pattern !== '*') {
    const kinds = [...new Set(before.namespaces.map((one) => kindOf(one.name)))].toSorted();
    const near = didYouMean(pattern.split(':')[0] ?? '', kinds);
    notice(
      `azfleet: nothing in the cache matches '${pattern}'; ${near ?? `there is ${kinds.join(', ') || 'nothing'}`}`,
    );
  }
  notice(`forgot ${entries} ${entries === 1 ? 'entry' : 'entries'}, ${size(bytes)}`);
  return ExitCode.ok;
}

/** `vm-status` is the kind `vm_status`, and a kind alone means all of it. */
function namespacePattern(pattern: string): string {
  const [kind = '', ...place] = pattern.split(':');
  const scope = place.length === 0 ? '*' : place.join(':');
  return `${kind.replaceAll('-', '_')}:${scope}`;
}
