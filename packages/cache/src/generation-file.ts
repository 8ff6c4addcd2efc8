import { closeSync, constants, lstatSync, openSync, writeSync } from 'node:fs';

/*
 * A namespace's generation is the size of its generation file. One byte appended is the next generation: two processes
 * that invalidate at once move it twice, where replacing a number would lose one of the two, and a reader asks for the
 * size, which is one system call and can be nothing half-written.
 */

/** A generation that no entry has: the file is somebody else's, or nothing that a generation file can be. */
export const untrusted = -1;

const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/** 0 when the file is missing. */
export function readGeneration(path: string): number {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return 0;
    const uid = process.geteuid?.();
    const trusted = stats.isFile() && (uid === undefined || (stats.uid === uid && (stats.mode & 0o022) === 0));
    return trusted ? stats.size : untrusted;
  } catch (error) {
    // A file where a directory should be: there is nothing there at all.
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? 0 : untrusted;
  }
}

/** @throws a system error, also when the file is not to be trusted */
export function bumpGeneration(path: string): void {
  if (readGeneration(path) === untrusted) throw new Error(`${path} is not a file of your own`);
  const fd = openSync(path, flags, 0o600);
  try {
    writeSync(fd, '.');
  } finally {
    closeSync(fd);
  }
}
