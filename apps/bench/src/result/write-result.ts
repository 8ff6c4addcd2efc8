import { writeAtomic } from '@azfleet/durable-file';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BenchError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import type { ResultFile } from './result.ts';

/**
 * Writes a result file as a whole: who reads it meanwhile sees the one before or this one, never a part.
 * @throws BenchError `BENCH_OUTPUT` where it cannot be written
 */
export async function writeResult(file: string, result: ResultFile): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeAtomic(file, resultText(result), { mode: 0o644, keepMode: true, followSymlink: true, fsync: false });
  } catch (error) {
    const reason = (error as Error).message;
    throw new BenchError('BENCH_OUTPUT', `${file} cannot be written: ${reason}`, {
      exitCode: ExitCode.failed,
      cause: error,
    });
  }
}

/** As it stands in the file. */
export function resultText(result: ResultFile): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
