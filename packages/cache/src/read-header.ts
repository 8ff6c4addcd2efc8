import { closeSync, constants, openSync, readSync } from 'node:fs';
import { type EntryHeader, parseHeader } from './entry-format.ts';
import type { EntryFile } from './namespace-files.ts';

/** Most headers fit; one with a longer key is read on. */
const headerBytes = 1024;

/** What an entry's file says about it; undefined for anything but a whole entry. */
export function readHeader(file: EntryFile): EntryHeader | undefined {
  if (!file.stats.isFile()) return undefined;
  try {
    const fd = openSync(file.path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      return readHeaderFrom(fd, file.stats.size);
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}

function readHeaderFrom(fd: number, size: number): EntryHeader | undefined {
  for (let length = headerBytes; ; length *= 4) {
    const buffer = Buffer.alloc(Math.min(size, length));
    readSync(fd, buffer, 0, buffer.length, 0);
    if (buffer.includes('\n') || length >= size) return parseHeader(buffer, size);
  }
}
