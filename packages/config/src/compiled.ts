/**
 * Compiled files: what was made of a configuration file, kept in the cache directory with a key that tells what it was
 * made of. They cost nothing but time when they are lost, so no failure to read or write one is an error.
 */
import { dirname } from 'node:path';
import { createPrivateDirectorySync, readCheckedBytesSync, writeAtomicSync } from '@azfleet/durable-file';
import type { Eager } from './eager.ts';

/** Counts the changes of what compiled files hold. */
const format = 6;

/** The last line. A power cut may have left a file without its end. */
const end = '\nend\n';

/** Files of a kind in one directory at most: one that has the same slot as another takes its place. */
const slots = 16;

/** Where the compiled form of the configuration file at `path` is. */
export const compiledPath = ((directory: string, kind: 'config' | 'names', path: string): string => {
  // Every seventh character tells paths apart well enough, and a fresh process runs this slowly.
  let sum = path.length;
  for (let index = path.length - 1; index >= 0; index -= 7) sum += path.charCodeAt(index);
  return `${directory}/${kind}-${(sum % slots).toString(16)}.compiled`;
}) satisfies Eager;

/** The body of a compiled file; undefined when it is not there, damaged, or has another key. */
export const readCompiled = ((file: string, key: string): Buffer | undefined => {
  const read = readCheckedBytesSync(file);
  if (!read.ok) return undefined;
  const bytes = Buffer.from(read.bytes.buffer, read.bytes.byteOffset, read.bytes.length);
  const head = `${format}\t${key}\n`;
  const start = Buffer.byteLength(head);
  const isWhole =
    bytes.toString('utf8', 0, start) === head && bytes.toString('utf8', bytes.length - end.length) === end;
  return isWhole ? bytes.subarray(start, -end.length) : undefined;
}) satisfies Eager;

/** Keeps `body` under a key that nothing else will ever have. */
export function writeCompiled(file: string, key: string, body: string | Uint8Array): void {
  const head = `${format}\t${key}\n`;
  try {
    createPrivateDirectorySync(dirname(file));
    writeAtomicSync(file, Buffer.concat([Buffer.from(head), Buffer.from(body), Buffer.from(end)]), { fsync: false });
  } catch {
    // A full disk or a read-only directory costs the caching, not the command.
  }
}
