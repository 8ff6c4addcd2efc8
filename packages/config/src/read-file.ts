import { readFileSync, type StatsBase, statSync } from 'node:fs';
import { ConfigError } from './errors.ts';

/**
 * The text of a configuration file, or undefined when there is none. A byte order mark stays in the text.
 *
 * @throws {@link ConfigError} `CONFIG_UNREADABLE` when there is something that cannot be read as text
 */
export function readConfigText(path: string): string | undefined {
  let bytes: Uint8Array;
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    assertFile(path, stats);
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unreadable(path, error);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * Whatever could be waited for without end, such as a pipe or a terminal, is no configuration; what holds nothing is an
 * empty one.
 *
 * @throws {@link ConfigError} `CONFIG_UNREADABLE`
 */
export function assertFile(path: string, stats: Pick<StatsBase<unknown>, 'isFile' | 'isDirectory'>): void {
  if (stats.isFile() || path === '/dev/null') return;
  throw unreadable(path, { code: stats.isDirectory() ? 'EISDIR' : 'ENOTFILE' });
}

const reasons: Readonly<Record<string, string>> = {
  EISDIR: 'it is a directory',
  ENOTFILE: 'it is not a regular file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its symbolic links lead in a circle',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text',
};

/** A file that is there and cannot be read, in words. */
export function unreadable(path: string, cause: unknown): ConfigError {
  const { code } = cause as NodeJS.ErrnoException;
  return new ConfigError(`${path}: cannot be read: ${reasons[code ?? ''] ?? String(code)}`, {
    code: 'CONFIG_UNREADABLE',
    hint: 'Make it a readable text file, or move it away to use the defaults.',
    cause,
  });
}
