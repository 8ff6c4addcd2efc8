import { type BigIntStats, statSync } from 'node:fs';
import { isRacy } from '@azfleet/durable-file';
import type { Eager } from './eager.ts';
import { assertFile, unreadable } from './read-file.ts';

/** Which file there is, and in which state. */
export interface FileState {
  /** Device, inode, size, and the times of the last change of content and of inode in nanoseconds. */
  readonly identity: string;
  readonly stats: BigIntStats;
}

/**
 * Looks at the file that `path` leads to; undefined when there is none.
 *
 * @throws {@link ConfigError} `CONFIG_UNREADABLE`
 */
export const fileState = ((path: string): FileState | undefined => {
  let stats: BigIntStats | undefined;
  try {
    stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    throw unreadable(path, error);
  }
  if (stats === undefined) return undefined;
  if (!stats.isFile()) assertFile(path, stats);
  return { identity: `${stats.dev}.${stats.ino}.${stats.size}.${stats.mtimeNs}.${stats.ctimeNs}`, stats };
}) satisfies Eager;

/** Some file systems (FAT, HFS+, ext3) count whole or even seconds. */
const coarseTimeMs = 2000;

/**
 * Whether a later change is certain to give another identity. What is derived from a file in a state that is not settled
 * must not be kept.
 *
 * @param nowMs - the time before the file is read: a state that is as young as the clock's error is not settled
 */
export function isSettled({ stats }: FileState, nowMs: number): boolean {
  const { ctimeNs } = stats;
  const isCoarse = ctimeNs % 1_000_000_000n === 0n && nowMs - Number(ctimeNs / 1_000_000n) < coarseTimeMs;
  // What a pipe or a device holds is not known by its identity.
  return stats.isFile() && !isCoarse && !isRacy(stats, nowMs);
}

/** Whether any user of the machine may write the file. */
export function isWritableByAll({ stats }: FileState): boolean {
  return process.platform !== 'win32' && stats.isFile() && (stats.mode & 0o002n) !== 0n;
}
