import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The whole path of a program; `undefined` where it is not installed. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}
