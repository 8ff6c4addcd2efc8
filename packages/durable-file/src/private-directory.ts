import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeError } from './errors.ts';

const mode = 0o700;

/**
 * Creates a directory and those above it that are missing, all with mode 0700. Directories that exist stay as they are:
 * whoever made them chose their mode.
 *
 * @throws {@link DurableFileError}
 */
export async function createPrivateDirectory(path: string): Promise<void> {
  createPrivateDirectorySync(path);
}

/** {@link createPrivateDirectory}, blocking. */
export function createPrivateDirectorySync(path: string): void {
  try {
    create(path);
  } catch (error) {
    throw writeError(path, error);
  }
}

/**
 * Not `mkdir` with `recursive`: where a file system says that a directory cannot be made in one that exists (ENOENT below
 * `/proc`), Node's goes on for ever.
 */
function create(path: string): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = dirname(path);
    if (code === 'ENOENT' && parent !== path && !exists(parent)) {
      create(parent);
      mkdirUnlessThere(path);
    } else if (!isDirectory(path)) throw error;
  }
}

/** Another process may have made it meanwhile. */
function mkdirUnlessThere(path: string): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (!isDirectory(path)) throw error;
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
