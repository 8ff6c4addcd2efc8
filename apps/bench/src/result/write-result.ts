import { writeWhole } from '../output/write-whole.ts';
import type { ResultFile } from './result.ts';

/**
 * Writes a result file as a whole: who reads it meanwhile sees the one before or this one, never a part.
 * @throws BenchError `BENCH_OUTPUT` where it cannot be written
 */
export async function writeResult(file: string, result: ResultFile): Promise<void> {
  await writeWhole(file, resultText(result));
}

/** As it stands in the file. */
export function resultText(result: ResultFile): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
