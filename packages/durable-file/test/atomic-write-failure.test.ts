import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type AtomicWriteOptions, DurableFileError, writeAtomic, writeAtomicSync } from '../src/index.ts';
import { giveAway, withoutPrivileges } from './support/as-someone.ts';
import { scratch } from './support/scratch.ts';
import { smallDisk } from './support/small-disk.ts';

type Write = (path: string, data: string, options?: AtomicWriteOptions) => Promise<void>;

async function failure(work: Promise<void>): Promise<DurableFileError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DurableFileError)) throw new Error('it should have failed', { cause: error });
  return error;
}

describe.each<[string, Write]>([
  ['writeAtomic', writeAtomic],
  ['writeAtomicSync', async (...args) => writeAtomicSync(...args)],
])('%s', (_, write) => {
  test('says that the directory is missing', async () => {
    const path = join(scratch(), 'no', 'file');
    const error = await failure(write(path, 'text'));
    expect(error).toMatchObject({ code: 'ERR_NO_DIRECTORY', path, cause: { code: 'ENOENT' } });
    expect(error.message).toContain(path);
    expect(error.hint).not.toBe('');
  });

  test('says that the directory cannot be written', async () => {
    const directory = scratch();
    mkdirSync(join(directory, 'closed'), { mode: 0o555 });
    giveAway(directory);
    giveAway(join(directory, 'closed'));
    const error = await withoutPrivileges(() => failure(write(join(directory, 'closed', 'file'), 'text')));
    expect(error.code).toBe('ERR_NOT_WRITABLE');
  });

  test('leaves no temporary file when the rename fails', async () => {
    const directory = scratch();
    mkdirSync(join(directory, 'target', 'full'), { recursive: true });
    const error = await failure(write(join(directory, 'target'), 'text'));
    expect(error.code).toBe('ERR_WRITE_FAILED');
    expect(readdirSync(directory)).toEqual(['target']);
  });

  test('keeps the old file and removes the new one when the disk is full', async ({ skip }) => {
    const path = join(smallDisk(skip), 'file');
    writeFileSync(path, 'old');
    const error = await failure(write(path, 'x'.repeat(1024 * 1024)));
    expect(error).toMatchObject({ code: 'ERR_DISK_FULL', cause: { code: 'ENOSPC' } });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(join(path, '..'))).toEqual(['file']);
  });
});
