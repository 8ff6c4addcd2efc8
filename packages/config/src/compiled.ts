/**
 * Compiled files: what was made of a configuration file, kept in the cache directory under the identity of the file.
 * They cost nothing but time when they are lost, so no failure to read or write one is an error.
 */
import { createPrivateDirectorySync, readCheckedBytesSync, writeAtomicSync } from '@azfleet/durable-file';
import type { FileState } from './file-state.ts';

/** Where a compiled file is, and what it was made of. */
export interface CompiledKey {
  /** Undefined: nothing is kept. */
  readonly directory: string | undefined;
  readonly kind: 'config' | 'names';
  /** The path of the configuration file. */
  readonly path: string;
  /** Changes when the same file would give something else, as with a new schema. */
  readonly revision: string;
}

/** Counts the changes of what compiled files hold. */
const format = 5;

/** The last line. A power cut may have left a file without its end. */
const end = '\nend\n';

/** Files of a kind in one directory at most: one that has the same slot as another takes its place. */
const slots = 16;

/** The body of the compiled file, if there is one for exactly this state of the configuration file. */
export function readCompiled(key: CompiledKey, state: FileState): Buffer | undefined {
  if (key.directory === undefined || !state.settled) return undefined;
  const read = readCheckedBytesSync(compiledPath(key.directory, key));
  if (!read.ok) return undefined;
  const bytes = asBuffer(read.bytes);
  const head = header(key, state);
  const bodyStart = Buffer.byteLength(head);
  const bodyEnd = bytes.length - end.length;
  const isWhole = bytes.toString('utf8', 0, bodyStart) === head && bytes.toString('utf8', bodyEnd) === end;
  return isWhole ? bytes.subarray(bodyStart, bodyEnd) : undefined;
}

/** Keeps `body` for this state of the configuration file, unless the state may still change unnoticed. */
export function writeCompiled(key: CompiledKey, state: FileState, body: string | Uint8Array): void {
  if (key.directory === undefined || !state.settled) return;
  try {
    createPrivateDirectorySync(key.directory);
    writeAtomicSync(
      compiledPath(key.directory, key),
      Buffer.concat([Buffer.from(header(key, state)), Buffer.from(body), Buffer.from(end)]),
      { fsync: false },
    );
  } catch {
    // A full disk or a read-only directory costs the caching, not the command.
  }
}

function header({ path, revision }: CompiledKey, { identity }: FileState): string {
  return `${format}\t${revision}\t${identity}\t${path}\n`;
}

function compiledPath(directory: string, { kind, path }: CompiledKey): string {
  // Every seventh character tells paths apart well enough, and a fresh process runs this slowly.
  let sum = path.length;
  for (let index = path.length - 1; index >= 0; index -= 7) sum += path.charCodeAt(index);
  return `${directory}/${kind}-${(sum % slots).toString(16)}.compiled`;
}

/** The same memory as a Buffer, which it is in most cases. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
