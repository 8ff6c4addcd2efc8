import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

// The limit that Linux itself has (path_resolution(7)).
const maxLinks = 40;

/** The file that `path` leads to in the end, which need not exist; `path` itself when it is no symbolic link. */
export function symlinkTarget(path: string): string {
  let target = path;
  for (let links = 0; links < maxLinks; links += 1) {
    const stats = lstatSync(target, { throwIfNoEntry: false });
    if (!stats?.isSymbolicLink()) return target;
    // ".." in a link means the parent of the real directory, not of the one that was named.
    const directory = realpathSync(dirname(target));
    target = resolve(directory, readlinkSync(join(directory, basename(target))));
  }
  throw Object.assign(new Error(`too many symbolic links at ${path}`), { code: 'ELOOP' });
}
