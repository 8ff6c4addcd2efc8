import { type Stats, lstatSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { entrySuffix, list } from './layout.ts';
import type { Size } from './store.ts';

/** Files take whole blocks; this is what most file systems have. */
const blockBytes = 4096;

/** What a file of this size takes. */
export function onDisk(size: number): number {
  return Math.ceil(size / blockBytes) * blockBytes;
}

export interface EntryFile {
  readonly path: string;
  readonly stats: Stats;
  readonly bytes: number;
}

/** Undefined when the name is that of something else, or nothing. */
export function entryFile(directory: string, name: string): EntryFile | undefined {
  if (!name.endsWith(entrySuffix)) return undefined;
  const path = join(directory, name);
  const stats = lstat(path);
  return stats && { path, stats, bytes: onDisk(stats.size) };
}

function* entryFiles(directory: string): Generator<EntryFile> {
  for (const { name } of list(directory)) {
    const file = entryFile(directory, name);
    if (file !== undefined) yield file;
  }
}

export function entriesSize(directory: string): Size {
  const size = { entries: 0, bytes: 0 };
  for (const file of entryFiles(directory)) {
    size.entries += 1;
    size.bytes += file.bytes;
  }
  return size;
}

/** Removes what can be removed, and says what that was. */
export function removeEntries(directory: string): Size {
  const removed = { entries: 0, bytes: 0 };
  for (const file of entryFiles(directory)) {
    if (!removeFile(file.path)) continue;
    removed.entries += 1;
    removed.bytes += file.bytes;
  }
  return removed;
}

/** False when the file is still there, or was not. */
export function removeFile(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}

export function lstat(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
