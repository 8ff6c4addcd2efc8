import {
  closeSync,
  futimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { systemCode } from './errors.ts';
import type { LockOwner } from './lock-owner.ts';
import { createPrivateDirectorySync } from './private-directory.ts';

/** One file of a lock's directory: `7` is held by its creator, `7.free` was given back. */
export interface LockNumber {
  readonly number: number;
  readonly free: boolean;
  readonly path: string;
}

/** The numbers in a lock's directory, lowest first; undefined when the directory is missing. */
export function listNumbers(directory: string): LockNumber[] | undefined {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const numbers: LockNumber[] = [];
  for (const name of names) {
    const match = /^(\d{1,15})(\.free)?$/.exec(name);
    if (match) numbers.push({ number: Number(match[1]), free: match[2] !== undefined, path: join(directory, name) });
  }
  return numbers.toSorted((a, b) => a.number - b.number);
}

export function createLockDirectory(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') createPrivateDirectorySync(directory);
    else if (code !== 'EEXIST') throw error;
  }
}

/** Creates a number's file exclusively; false when another process did first, or the directory has gone. */
export function createNumber(path: string, owner: LockOwner, nowMs: number): boolean {
  let fd: number;
  try {
    fd = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (['EEXIST', 'ENOENT'].includes(systemCode(error) ?? '')) return false;
    throw error;
  }
  try {
    futimesSync(fd, nowMs / 1000, nowMs / 1000);
    writeFileSync(fd, `${JSON.stringify(owner)}\n`);
    futimesSync(fd, nowMs / 1000, nowMs / 1000);
    return true;
  } catch (error) {
    removeFile(path);
    throw error;
  } finally {
    closeSync(fd);
  }
}

export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Gone already, which is what was wanted; or not ours to remove, and the next owner will pass over it.
  }
}

/** Removes the directory if it is empty. */
export function removeDirectory(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // In use again.
  }
}
