import { accessSync, constants, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createPrivateDirectory, DurableFileError, isTemporaryName, lock, writeAtomic } from '@azfleet/durable-file';
import type { Clock } from './clock.ts';
import { ConfigError } from './errors.ts';
import { written, type WriteEvent } from './events.ts';
import { fileState } from './file-state.ts';
import { readConfigText } from './read-file.ts';

/** One change of a file. */
export interface FileUpdate {
  readonly path: string;
  /**
   * Makes the new text from the present one. What it throws ends the update with the file as it was. It is called again
   * if another program changed the file in the meantime.
   */
  readonly update: (text: string) => string | Promise<string>;
  /**
   * What a new file begins with, such as a `#:schema` line. A file is made only if the update adds to that.
   *
   * @default ''
   */
  readonly initialText?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** @default the machine's own */
  readonly clock?: Clock | undefined;
}

/** Far longer than any update takes, and short enough for someone to wait. */
const lockTimeoutMs = 30_000;

/** A temporary file lives for milliseconds. */
const orphanAgeMs = 60_000;

/** Another program would have to change the file at each try. */
const mostTries = 100;

/**
 * Changes a file so that no change of another process is lost: lock, read, update, exclusive temporary file, fsync,
 * rename. A symbolic link stays one and keeps its target's mode; a new file is 0600 in directories of 0700.
 *
 * @returns whether the file is another one now
 * @throws {@link ConfigError} `CONFIG_UNWRITABLE`, `CONFIG_UNREADABLE`; what `update` throws; the signal's reason
 */
export async function updateFile(request: FileUpdate): Promise<boolean> {
  const { path, signal, clock } = request;
  try {
    const target = realPath(path);
    await createPrivateDirectory(dirname(target));
    const locked = await lock(target, { forget: true, timeoutMs: lockTimeoutMs, ...given({ signal, clock }) });
    if (!locked.ok && locked.reason === 'timeout') throw unwritable(path, 'another process is changing it');
    try {
      sweepOrphans(dirname(target), (clock ?? Date).now());
      // Where there can be no lock (a network file system), looking again right before the write is what is left.
      return await replace(request, target, () => !locked.ok || locked.lock.isHeld());
    } finally {
      if (locked.ok) locked.lock.release();
    }
  } catch (error) {
    if (error instanceof DurableFileError) throw unwritable(path, error.message, error);
    throw error;
  }
}

async function replace(
  { path, update, initialText = '' }: FileUpdate,
  target: string,
  mayWrite: () => boolean,
): Promise<boolean> {
  for (let tries = 0; tries < mostTries; tries++) {
    const before = fileState(target)?.identity;
    const text = readConfigText(target) ?? initialText;
    const updated = await update(text);
    if (updated === text) return false;
    if (before !== undefined) assertWritable(path, target);
    if (!mayWrite()) throw unwritable(path, 'another process took over while this one was suspended');
    if (fileState(target)?.identity !== before) continue;
    await writeAtomic(path, updated, { followSymlink: true, keepMode: true });
    if (written.hasSubscribers) written.publish({ path } satisfies WriteEvent);
    return true;
  }
  throw unwritable(path, 'another program keeps changing it');
}

/** Removes temporary files that killed processes left in the directory. */
function sweepOrphans(directory: string, nowMs: number): void {
  for (const name of readdirSync(directory).filter(isTemporaryName)) {
    const path = join(directory, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && nowMs - stats.mtimeMs > orphanAgeMs) rmSync(path, { force: true });
  }
}

/** A rename would go through, but whoever made the file read-only meant it. */
function assertWritable(path: string, target: string): void {
  try {
    accessSync(target, constants.W_OK);
  } catch (error) {
    throw unwritable(path, 'it is read-only', error);
  }
}

/** Where the lock is: all paths that lead to one file share it. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function unwritable(path: string, reason: string, cause?: unknown): ConfigError {
  const hint = cause instanceof DurableFileError ? cause.hint : 'Nothing was changed. Try again, or see who holds it.';
  return new ConfigError(`${path}: cannot be written: ${reason}`, { code: 'CONFIG_UNWRITABLE', hint, cause });
}

function given<Options extends object>(options: Options): { [Key in keyof Options]?: NonNullable<Options[Key]> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Options]?: NonNullable<Options[Key]> };
}
