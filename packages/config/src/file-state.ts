import { type BigIntStats, statSync } from 'node:fs';
import { isRacy } from '@azfleet/durable-file';
import { assertFile, unreadable } from './read-file.ts';

/** Which file there is, and in which state. */
export interface FileState {
  /** Device, inode, size, and the times of the last change of content and of inode in nanoseconds. */
  readonly identity: string;
  /**
   * Whether a later change is certain to give another identity. What is derived from a file in a state that is not
   * settled must not be kept.
   */
  readonly settled: boolean;
  /** Whether any user of the machine may write the file. */
  readonly writableByAll: boolean;
}

/** Some file systems (FAT, HFS+, ext3) count whole or even seconds. */
const coarseTimeMs = 2000;

/**
 * Looks at the file that `path` leads to; undefined when there is none.
 *
 * @param nowMs - the time before the call: a state that is as young as the clock's error is not settled
 * @throws {@link ConfigError} `CONFIG_UNREADABLE`
 */
export function fileState(path: string, nowMs: number): FileState | undefined {
  let stats: BigIntStats | undefined;
  try {
    stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    throw unreadable(path, error);
  }
  if (stats === undefined) return undefined;
  assertFile(path, stats);
  const { dev, ino, size, mtimeNs, ctimeNs } = stats;
  const isCoarse = ctimeNs % 1_000_000_000n === 0n && nowMs - Number(ctimeNs / 1_000_000n) < coarseTimeMs;
  return {
    identity: `${dev}.${ino}.${size}.${mtimeNs}.${ctimeNs}`,
    // What a pipe or a device holds is not known by its identity.
    settled: stats.isFile() && !isCoarse && !isRacy({ dev, ino, size, mtimeNs, ctimeNs }, nowMs),
    writableByAll: process.platform !== 'win32' && stats.isFile() && (stats.mode & 0o002n) !== 0n,
  };
}
