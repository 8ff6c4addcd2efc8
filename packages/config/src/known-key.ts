import { ConfigError } from './errors.ts';
import { nearest } from './nearest.ts';
import { alternatives, childOf, keysOf, type SchemaNode } from './schema.ts';
import { formatPath } from './toml/format.ts';
import type { TomlPath } from './toml/scan.ts';

/**
 * The schema of the value at `path`; undefined where any value will do.
 *
 * @throws {@link ConfigError} `CONFIG_UNKNOWN_KEY` with the nearest key that the schema knows
 */
export function schemaAt(root: SchemaNode, path: TomlPath): SchemaNode | undefined {
  let node = root;
  for (const [index, key] of path.entries()) {
    const child = childOf(node, key);
    if (child === 'any') return undefined;
    if (child === 'unknown') throw unknownKey(root, node, path.slice(0, index + 1));
    node = child;
  }
  return node;
}

function unknownKey(root: SchemaNode, table: SchemaNode, path: TomlPath): ConfigError {
  const near = nearestKey(root, table, path);
  const key = formatPath(path);
  const known = keysOf(table).map((name) => formatPath([...path.slice(0, -1), name]));
  return new ConfigError(`${key}: unknown key${near === undefined ? '' : `; did you mean ${near}?`}`, {
    code: 'CONFIG_UNKNOWN_KEY',
    hint: near === undefined && known.length > 0 ? `known: ${known.join(', ')}` : undefined,
  });
}

/** The key that was most likely meant: one of the same table, else one of this very name in another. */
export function nearestKey(root: SchemaNode, table: SchemaNode, path: TomlPath): string | undefined {
  const name = String(path.at(-1));
  const sibling = nearest(name, keysOf(table));
  if (sibling !== undefined) return formatPath([...path.slice(0, -1), sibling]);
  return homeOf(name, root, [], false) ?? homeOf(name, root, [], true);
}

/** Where a key of this name belongs: `user` at the top was meant to be `ssh.user`, or `contexts.NAME.user`. */
function homeOf(name: string, node: SchemaNode, path: readonly string[], inAnyTable: boolean): string | undefined {
  for (const key of keysOf(node)) {
    if (key === name) return formatPath([...path, key]);
    const child = childOf(node, key);
    const home = typeof child === 'string' ? undefined : homeOf(name, child, [...path, key], inAnyTable);
    if (home !== undefined) return home;
  }
  const member = alternatives(node).find((alternative) => alternative.type === 'record')?.value;
  return inAnyTable && member !== undefined ? homeOf(name, member, [...path, 'NAME'], inAnyTable) : undefined;
}
