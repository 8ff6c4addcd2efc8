import { promises, renameSync } from 'node:fs';
import { type Clock, sleep, sleepSync } from './clock.ts';
import { DurableFileError, systemCode } from './errors.ts';

// Windows refuses to rename over a file that somebody has open. Readers have it open for well under a millisecond;
// virus scanners and indexers for longer. The waits double and add up to a quarter of a second.
const backOffMs = [1, 2, 4, 8, 16, 32, 64, 128];

function isBusy(error: unknown, platform: NodeJS.Platform): boolean {
  const code = systemCode(error);
  return platform === 'win32' && (code === 'EPERM' || code === 'EACCES' || code === 'EBUSY');
}

function busyError(path: string, cause: unknown): DurableFileError {
  return new DurableFileError('ERR_FILE_BUSY', `Could not replace ${path}: it stayed open elsewhere`, path, cause);
}

/** Renames `from` over `to`; on Windows again, with growing pauses, while the target is open elsewhere. */
export async function replaceFile(from: string, to: string, clock: Clock, platform = process.platform): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await promises.rename(from, to);
      return;
    } catch (error) {
      if (!isBusy(error, platform)) throw error;
      const waitMs = backOffMs[attempt];
      if (waitMs === undefined) throw busyError(to, error);
      await sleep(clock, waitMs);
    }
  }
}

/** {@link replaceFile}, blocking. */
export function replaceFileSync(from: string, to: string, platform = process.platform): void {
  for (let attempt = 0; ; attempt += 1) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (!isBusy(error, platform)) throw error;
      const waitMs = backOffMs[attempt];
      if (waitMs === undefined) throw busyError(to, error);
      sleepSync(waitMs);
    }
  }
}
