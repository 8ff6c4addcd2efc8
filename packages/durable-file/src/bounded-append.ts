import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { distrust, readCheckedTextSync } from './checked-read.ts';
import { DurableFileError, writeError } from './errors.ts';
import { rotated } from './events.ts';
import { tryLock } from './lock.ts';

export interface BoundedAppendOptions {
  /**
   * The most that the records take on the disk, over both files together, give or take one record a process.
   * @default 1048576 (1 MiB)
   */
  maxBytes?: number;
}

const defaultMaxBytes = 1024 * 1024;
const newline = 10;
const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/**
 * Adds a record, one line, to a file that several processes add to. Each record is one `O_APPEND` write, so that none is
 * torn by another. When the file holds half of `maxBytes` it becomes `<path>.1`, in place of the one before: only the
 * oldest records go. A record that a full disk or a kill cut short stays a line of its own, which does not parse.
 *
 * @throws {@link DurableFileError} `ERR_INVALID_RECORD` for a record with a line break or larger than half of
 * `maxBytes`; `ERR_UNTRUSTED_FILE` when the file is somebody else's or writable by others; the codes of a failed write.
 */
export function appendRecordSync(path: string, record: string, options: BoundedAppendOptions = {}): void {
  const halfBytes = Math.floor((options.maxBytes ?? defaultMaxBytes) / 2);
  const line = Buffer.from(`\n${record}\n`);
  if (record.includes('\n') || record.includes('\r') || line.length - 1 > halfBytes) {
    throw new DurableFileError('ERR_INVALID_RECORD', `A record for ${path} has a line break or is too large`, path);
  }
  try {
    // Again, if the file was rotated out of existence between open and write.
    while (!appendOnce(path, line, halfBytes));
  } catch (error) {
    throw writeError(path, error);
  }
}

/** The complete records that are kept, oldest first. A file that cannot be trusted counts as empty. */
export function readRecordsSync(path: string, options: BoundedAppendOptions = {}): string[] {
  const limit = { maxBytes: 2 * (options.maxBytes ?? defaultMaxBytes) };
  return [`${path}.1`, path].flatMap((file) => {
    const read = readCheckedTextSync(file, limit);
    if (!read.ok) return [];
    const complete = read.text.slice(0, read.text.lastIndexOf('\n') + 1);
    return complete.split('\n').filter((record) => record !== '');
  });
}

/** False when the record went to a file that no longer has a name. */
function appendOnce(path: string, line: Buffer, halfBytes: number): boolean {
  const fd = openSync(path, flags, 0o600);
  let size: number;
  try {
    const stats = fstatSync(fd, { bigint: true });
    checkTrust(path, stats);
    const start = endsLine(fd, stats.size) ? 1 : 0;
    const written = writeSync(fd, line, start);
    if (written < line.length - start)
      throw Object.assign(new Error('no space left for all of it'), { code: 'ENOSPC' });
    const after = fstatSync(fd);
    if (after.nlink === 0) return false;
    size = after.size;
  } finally {
    closeSync(fd);
  }
  if (size >= halfBytes) rotate(path, halfBytes);
  return true;
}

function checkTrust(path: string, stats: BigIntStats): void {
  const reason = distrust(stats, Number.MAX_SAFE_INTEGER);
  if (reason !== undefined) {
    throw new DurableFileError('ERR_UNTRUSTED_FILE', `Nothing is added to ${path}: ${reason}`, path);
  }
}

/** Whether the next record starts on a line of its own: the last write may have been cut short. */
function endsLine(fd: number, size: bigint): boolean {
  if (size === 0n) return true;
  const last = Buffer.alloc(1);
  readSync(fd, last, 0, 1, size - 1n);
  return last[0] === newline;
}

/** One process rotates; who finds the lock taken leaves it to the other, and who comes late finds a small file. */
function rotate(path: string, halfBytes: number): void {
  const attempt = tryLock(path, { forget: true });
  if (!attempt.ok) return;
  try {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (size < halfBytes) return;
    renameSync(path, `${path}.1`);
    if (rotated.hasSubscribers) rotated.publish({ path, bytes: size });
  } catch {
    // The record is written. The next one tries again to rotate.
  } finally {
    attempt.lock.release();
  }
}
