import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  futimesSync,
  openSync,
  promises,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type Clock, systemClock } from './clock.ts';
import { systemCode, writeError } from './errors.ts';
import { replaceFile, replaceFileSync } from './replace-file.ts';
import { symlinkTarget } from './symlink-target.ts';
import { nextTemporaryPath } from './temporary-name.ts';

export interface AtomicWriteOptions {
  /**
   * Permissions of the file.
   * @default 0o600
   */
  mode?: number;
  /**
   * Take the permissions of the file that is replaced, if there is one.
   * @default false
   */
  keepMode?: boolean;
  /**
   * Replace what a symbolic link leads to and leave the link. Without it the link itself is replaced.
   * @default false
   */
  followSymlink?: boolean;
  /**
   * Wait until the bytes and the new name are on the disk, so that they survive a power cut. Without it the file is
   * still never torn by a crash of the process; a power cut may leave it empty or short.
   * @default true
   */
  fsync?: boolean;
  /** Modification time to give to the file, in milliseconds since the epoch. Default: the time of the write. */
  modifiedAtMs?: number;
}

interface Plan {
  target: string;
  mode: number;
  /** Set the mode explicitly: what open() is given is cut by the umask. */
  exactMode: boolean;
}

// "wx": never through a symbolic link, never into a file that someone else made.
const exclusive = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

function plan(path: string, options: AtomicWriteOptions): Plan {
  const target = options.followSymlink === true ? symlinkTarget(path) : path;
  const kept = options.keepMode === true ? statSync(target, { throwIfNoEntry: false }) : undefined;
  return {
    target,
    mode: kept === undefined ? (options.mode ?? 0o600) : kept.mode & 0o7777,
    exactMode: kept !== undefined,
  };
}

/**
 * Writes a file as a whole: readers see the old content or the new, never a part, whatever is killed when. The bytes
 * go to an exclusive temporary file in the same directory, which is then renamed over the target.
 *
 * @throws {@link DurableFileError} `ERR_DISK_FULL`, `ERR_NOT_WRITABLE`, `ERR_NO_DIRECTORY`, `ERR_FILE_BUSY` (Windows,
 * after a quarter of a second of retries) or `ERR_WRITE_FAILED`. The old file is then untouched and the temporary one gone.
 */
export async function writeAtomic(
  path: string,
  data: string | Uint8Array,
  options: AtomicWriteOptions & { clock?: Clock } = {},
): Promise<void> {
  let temporary: string | undefined;
  try {
    const { target, mode, exactMode } = plan(path, options);
    const opened = await openTemporary(dirname(target), mode);
    temporary = opened.path;
    try {
      await opened.handle.writeFile(data);
      if (exactMode) await opened.handle.chmod(mode);
      if (options.modifiedAtMs !== undefined) {
        await opened.handle.utimes(options.modifiedAtMs / 1000, options.modifiedAtMs / 1000);
      }
      if (options.fsync !== false) await opened.handle.sync();
    } finally {
      await opened.handle.close();
    }
    await replaceFile(temporary, target, options.clock ?? systemClock);
    temporary = undefined;
    if (options.fsync !== false) await syncDirectory(dirname(target));
  } catch (error) {
    removeQuietly(temporary);
    throw writeError(path, error);
  }
}

/** {@link writeAtomic}, blocking: for exit handlers, and where a hop to the thread pool costs more than the write. */
export function writeAtomicSync(path: string, data: string | Uint8Array, options: AtomicWriteOptions = {}): void {
  let temporary: string | undefined;
  try {
    const { target, mode, exactMode } = plan(path, options);
    const opened = openTemporarySync(dirname(target), mode);
    temporary = opened.path;
    try {
      writeFileSync(opened.fd, data);
      if (exactMode) fchmodSync(opened.fd, mode);
      if (options.modifiedAtMs !== undefined) {
        futimesSync(opened.fd, options.modifiedAtMs / 1000, options.modifiedAtMs / 1000);
      }
      if (options.fsync !== false) fsyncSync(opened.fd);
    } finally {
      closeSync(opened.fd);
    }
    replaceFileSync(temporary, target);
    temporary = undefined;
    if (options.fsync !== false) syncDirectorySync(dirname(target));
  } catch (error) {
    removeQuietly(temporary);
    throw writeError(path, error);
  }
}

async function openTemporary(directory: string, mode: number): Promise<{ path: string; handle: promises.FileHandle }> {
  for (;;) {
    const path = nextTemporaryPath(directory);
    try {
      return { path, handle: await promises.open(path, exclusive, mode) };
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}

function openTemporarySync(directory: string, mode: number): { path: string; fd: number } {
  for (;;) {
    const path = nextTemporaryPath(directory);
    try {
      return { path, fd: openSync(path, exclusive, mode) };
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}

// A rename is on the disk when its directory is. Where a directory cannot be synced, there is nothing more to do: the
// file itself is written and in place.

async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await promises.open(directory, constants.O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // As above.
  }
}

function syncDirectorySync(directory: string): void {
  try {
    const fd = openSync(directory, constants.O_RDONLY);
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch {
    // As above.
  }
}

function removeQuietly(path: string | undefined): void {
  if (path === undefined) return;
  try {
    unlinkSync(path);
  } catch {
    // The error that led here is the one worth reporting.
  }
}
