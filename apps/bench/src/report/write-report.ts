import { writeAtomic } from '@azfleet/durable-file';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BenchError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';

/** Writes the page as a whole, in place of the one before. @throws BenchError `BENCH_OUTPUT` where it cannot be written */
export async function writeReport(file: string, page: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeAtomic(file, page, { mode: 0o644, keepMode: true, followSymlink: true, fsync: false });
  } catch (cause) {
    throw new BenchError('BENCH_OUTPUT', `${file} cannot be written: ${(cause as Error).message}`, {
      exitCode: ExitCode.failed,
      cause,
    });
  }
}
