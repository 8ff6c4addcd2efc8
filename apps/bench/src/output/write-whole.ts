import { writeAtomic } from '@azfleet/durable-file';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BenchError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';

/**
 * Writes a file that others may read, as a whole: who reads it meanwhile sees the one before or this one, never a part.
 * @throws BenchError `BENCH_OUTPUT` where it cannot be written
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeAtomic(file, text, { mode: 0o644, keepMode: true, followSymlink: true, fsync: false });
  } catch (cause) {
    throw new BenchError('BENCH_OUTPUT', `${file} cannot be written: ${(cause as Error).message}`, {
      exitCode: ExitCode.failed,
      cause,
    });
  }
}
