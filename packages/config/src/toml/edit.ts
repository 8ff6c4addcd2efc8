/**
 * Edits of TOML text that leave everything else as it is: comments, order, white space, line ends, quoting.
 * This module loads the TOML parser: import it only to write.
 */
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'smol-toml';
import { ConfigError } from '../errors.ts';
import { formatKey, formatPath, type TomlValue } from './format.ts';
import { insertValue } from './insert.ts';
import { removeKey } from './remove.ts';

/** Sets a key to a value, or removes a key with all that is under it. */
export type TomlEdit =
  | { readonly set: readonly string[]; readonly value: TomlValue }
  | { readonly unset: readonly string[] };

/**
 * Applies edits to a valid TOML document. The result is parsed again and compared with what it ought to hold.
 *
 * @throws {@link ConfigError} `CONFIG_UNWRITABLE` for a key that the document has no room for, such as one under a number
 */
export function editToml(text: string, edits: readonly TomlEdit[]): string {
  let edited = text;
  for (const edit of edits)
    edited = 'set' in edit ? insertValue(edited, edit.set, edit.value) : removeKey(edited, edit.unset);
  const wanted = parse(text) as Table;
  for (const edit of edits) apply(wanted, edit);
  if (isDeepStrictEqual(comparable(readBack(edited)), comparable(wanted))) return edited;
  const keys = edits.map((edit) => formatPath('set' in edit ? edit.set : edit.unset)).join(', ');
  throw new ConfigError(`${keys}: cannot be changed in place`, {
    code: 'CONFIG_UNWRITABLE',
    hint: 'Change it in an editor.',
  });
}

interface Table {
  [key: string]: unknown;
}

function readBack(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    return error;
  }
}

function apply(root: Table, edit: TomlEdit): void {
  const path = 'set' in edit ? edit.set : edit.unset;
  let table: Table = root;
  for (const key of path.slice(0, -1)) {
    if (!Object.hasOwn(table, key)) {
      if (!('set' in edit)) return;
      table[key] = {};
    }
    const next = table[key];
    if (typeof next !== 'object' || next === null) {
      throw new ConfigError(`${formatPath(path)}: ${formatKey(key)} is not a table`, { code: 'CONFIG_UNWRITABLE' });
    }
    table = next as Table;
  }
  const last = path.at(-1) ?? '';
  if ('set' in edit) table[last] = edit.value;
  else delete table[last];
}

/** Tables without order and prototype, and without empty ones: removing the last key of a table may remove it or not. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Error) return value;
  const members = Object.entries(value)
    .map(([key, member]): [string, unknown] => [key, comparable(member)])
    .filter(([, member]) => !(member instanceof Map && member.size === 0));
  return new Map(members);
}
