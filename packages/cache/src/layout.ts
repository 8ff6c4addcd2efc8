import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CacheError } from './errors.ts';
import { fromSafeName, toBoundedName, toSafeName } from './safe-name.ts';
import type { NamespaceId } from './store.ts';

/*
 *   <directory>/v1/<scope>/<scope>/@<kind>/<key>.json      an entry
 *                                         /<key>.lock/     the right to ask the origin for it
 *                                         /.generation     as many bytes as there were invalidations
 *                 /.written                                a byte for each part of the bound that was written
 *                 /.swept                                  its time is that of the last sweep
 *
 * Directory names have no dot and file names have one, and only a namespace begins with "@" (the encoding of scopes has
 * neither character): nothing can be taken for something else. "v1" is the format; another format is another directory.
 */

const kindMark = '@';
const longestPart = 200;
export const entrySuffix = '.json';
export const lockSuffix = '.lock';

export function formatDirectory(directory: string): string {
  return join(directory, 'v1');
}

/** @throws {@link CacheError} `ERR_INVALID_NAME` */
export function namespaceId(kind: string, scope: readonly string[]): NamespaceId {
  for (const part of [kind, ...scope]) {
    if (part === '' || toSafeName(part).length > longestPart) {
      throw new CacheError('ERR_INVALID_NAME', `Expected a text of 1 to ${longestPart} characters, got "${part}"`);
    }
  }
  if (kind.includes(':')) throw new CacheError('ERR_INVALID_NAME', `Expected a kind without ":", got "${kind}"`);
  return { kind, scope: [...scope], name: `${kind}:${scope.join('/')}` };
}

export function namespaceDirectory(root: string, namespace: NamespaceId): string {
  return join(root, ...namespace.scope.map(toSafeName), kindMark + toSafeName(namespace.kind));
}

/** The path of a key's entry without its ending. */
export function keyPath(directory: string, key: string): string {
  return join(directory, toBoundedName(key));
}

export function generationPath(directory: string): string {
  return join(directory, '.generation');
}

/** Every namespace below `root`. Reads the directories of scopes, never those of entries. */
export function* knownNamespaces(root: string, scope: readonly string[] = []): Generator<NamespaceId> {
  for (const child of list(root)) {
    if (!child.isDirectory() || child.name.includes('.')) continue;
    if (child.name.startsWith(kindMark)) {
      const kind = fromSafeName(child.name.slice(kindMark.length));
      yield { kind, scope, name: `${kind}:${scope.join('/')}` };
    } else {
      yield* knownNamespaces(join(root, child.name), [...scope, fromSafeName(child.name)]);
    }
  }
}

/** What is in a directory; nothing, if it cannot be read. */
export function list(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}
