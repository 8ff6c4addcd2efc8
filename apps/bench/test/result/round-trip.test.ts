import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readResult } from '../../src/result/read-result.ts';
import { writeResult } from '../../src/result/write-result.ts';
import { folder } from '../support/folder.ts';
import { resultFile } from '../support/result-files.ts';

const file = resultFile([
  { name: 'cache/get-1000/azfleet', seconds: 1e-6, calls: 0, cache: [9, 1], against: 'lmdb' },
  { name: 'cache/get-1000/lmdb', seconds: 2e-6, memoryMb: 40.5, cpuPercent: 99 },
]);

test('what is written is what is read, in a folder that need not be there', async () => {
  const path = join(folder(), 'a/b/result.json');
  await writeResult(path, file);
  expect(await readResult(path)).toEqual(file);
});

test('a file that is there is replaced and keeps its permissions', async () => {
  const path = join(folder({ 'result.json': 'old' }), 'result.json');
  const { mode } = statSync(path);
  await writeResult(path, { ...file, complete: false });
  expect((await readResult(path)).complete).toBe(false);
  expect(statSync(path).mode).toBe(mode);
});

test('what a later version adds does not harm', async () => {
  const more = { ...file, colour: 'green', environment: { ...file.environment, load: 0.2 } };
  const path = join(folder({ 'result.json': JSON.stringify(more) }), 'result.json');
  expect(await readResult(path)).toEqual(file);
});

test('a place where nothing can be written is told with the file’s name', async () => {
  const path = join(folder({ 'a-file': '' }), 'a-file/result.json');
  await expect(writeResult(path, file)).rejects.toThrow(
    expect.objectContaining({
      code: 'BENCH_OUTPUT',
      exitCode: 1,
      message: expect.stringContaining(`${path} cannot be written`),
    }),
  );
});
