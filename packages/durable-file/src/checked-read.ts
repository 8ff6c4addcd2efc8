import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync, promises, readSync } from 'node:fs';
import { systemCode } from './errors.ts';
import { type FileIdentity, identityOf } from './identity.ts';

/** Why a file was not read. */
export type ReadRefusal =
  | 'missing'
  | 'symlink'
  | 'foreign-owner'
  | 'writable-by-others'
  | 'too-large'
  | 'not-a-file'
  | 'unreadable';

export interface Refused {
  readonly ok: false;
  readonly reason: ReadRefusal;
  readonly cause?: unknown;
}
export interface TextRead {
  readonly ok: true;
  readonly text: string;
  readonly identity: FileIdentity;
}
export interface BytesRead {
  readonly ok: true;
  readonly bytes: Uint8Array;
  readonly identity: FileIdentity;
}

export interface CheckedReadOptions {
  /**
   * A larger file is refused, unread.
   * @default 67108864 (64 MiB)
   */
  maxBytes?: number;
}

const defaultMaxBytes = 64 * 1024 * 1024;

// O_NONBLOCK: opening a named pipe must not wait for a writer. Windows has neither flag; there lstat answers first.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const lacksNoFollow = constants.O_NOFOLLOW === undefined;

/**
 * Reads a file only if nobody else can have written it: a plain file, not through a symbolic link in the last part of
 * its path, owned by the user of this process, not writable by group or others, at most `maxBytes`. The checks are made
 * on the open descriptor, so nothing can be exchanged in between. Never throws. Windows has no owner and mode to check.
 */
export function readCheckedTextSync(path: string, options: CheckedReadOptions = {}): TextRead | Refused {
  const read = readCheckedBytesSync(path, options);
  return read.ok ? { ok: true, text: decode(read.bytes), identity: read.identity } : read;
}

/** {@link readCheckedTextSync}, without blocking. */
export async function readCheckedText(path: string, options: CheckedReadOptions = {}): Promise<TextRead | Refused> {
  const read = await readCheckedBytes(path, options);
  return read.ok ? { ok: true, text: decode(read.bytes), identity: read.identity } : read;
}

/** {@link readCheckedTextSync}, undecoded. */
export function readCheckedBytesSync(path: string, options: CheckedReadOptions = {}): BytesRead | Refused {
  let fd: number | undefined;
  try {
    if (lacksNoFollow && lstatSync(path).isSymbolicLink()) return { ok: false, reason: 'symlink' };
    fd = openSync(path, flags);
    const stats = fstatSync(fd, { bigint: true });
    const reason = distrust(stats, options.maxBytes ?? defaultMaxBytes);
    if (reason !== undefined) return { ok: false, reason };
    const buffer = Buffer.allocUnsafe(Number(stats.size));
    let length = 0;
    while (length < buffer.length) {
      const count = readSync(fd, buffer, length, buffer.length - length, null);
      if (count === 0) break;
      length += count;
    }
    return { ok: true, bytes: buffer.subarray(0, length), identity: identityOf(stats) };
  } catch (cause) {
    return refusal(cause);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** {@link readCheckedText}, undecoded. */
export async function readCheckedBytes(path: string, options: CheckedReadOptions = {}): Promise<BytesRead | Refused> {
  let handle: promises.FileHandle | undefined;
  try {
    if (lacksNoFollow && lstatSync(path).isSymbolicLink()) return { ok: false, reason: 'symlink' };
    handle = await promises.open(path, flags);
    const stats = await handle.stat({ bigint: true });
    const reason = distrust(stats, options.maxBytes ?? defaultMaxBytes);
    if (reason !== undefined) return { ok: false, reason };
    const buffer = Buffer.allocUnsafe(Number(stats.size));
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return { ok: true, bytes: buffer.subarray(0, length), identity: identityOf(stats) };
  } catch (cause) {
    return refusal(cause);
  } finally {
    await handle?.close();
  }
}

/**
 * What speaks against trusting an open file; undefined when nothing does.
 *
 * @internal
 */
export function distrust(stats: BigIntStats, maxBytes: number): ReadRefusal | undefined {
  if (!stats.isFile()) return 'not-a-file';
  const uid = process.geteuid?.();
  if (uid !== undefined) {
    if (stats.uid !== BigInt(uid)) return 'foreign-owner';
    if ((stats.mode & 0o022n) !== 0n) return 'writable-by-others';
  }
  return stats.size > BigInt(maxBytes) ? 'too-large' : undefined;
}

function refusal(cause: unknown): Refused {
  switch (systemCode(cause) ?? '') {
    case 'ENOENT':
    case 'ENOTDIR':
      return { ok: false, reason: 'missing' };
    case 'ELOOP':
    case 'EMLINK': // FreeBSD
      return { ok: false, reason: 'symlink' };
    case 'ENXIO': // a socket
    case 'EISDIR':
      return { ok: false, reason: 'not-a-file', cause };
    default:
      return { ok: false, reason: 'unreadable', cause };
  }
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
