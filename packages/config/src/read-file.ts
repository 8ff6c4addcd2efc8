import { readFileSync, type StatsBase, statSync } from 'node:fs';
import { ConfigError } from './errors.ts';

/**
 * The text of a configuration file, or undefined when there is none. A byte order mark stays in the text.
 *
 * @throws {@link ConfigError} `CONFIG_UNREADABLE` when there is something that cannot be read as text
 */
export function readConfigText(path: string): string | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    assertFile(path, stats);
    const bytes = readFileSync(path);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined; // Removed since.
    throw unreadable(path, error);
  }
}

type Kind = Pick<StatsBase<unknown>, 'isFile' | 'isDirectory'>;

/** Refuses what could be waited for without end, such as a pipe or a terminal. */
export function assertFile(path: string, kind: Kind): void {
  // The device is how people say that there is no file.
  if (kind.isFile() || path === '/dev/null') return;
  throw unreadable(path, { code: kind.isDirectory() ? 'EISDIR' : 'ENOTFILE' });
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
