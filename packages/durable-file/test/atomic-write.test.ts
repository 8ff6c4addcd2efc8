import { readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type AtomicWriteOptions, writeAtomic, writeAtomicSync } from '../src/index.ts';
import { scratch } from './support/scratch.ts';

type Write = (path: string, data: string | Uint8Array, options?: AtomicWriteOptions) => void | Promise<void>;

describe.each<[string, Write]>([
  ['writeAtomic', writeAtomic],
  ['writeAtomicSync', writeAtomicSync],
])('%s', (_, write) => {
  test('creates a file that only its owner can read', async () => {
    const path = join(scratch(), 'file');
    await write(path, 'größe');
    expect(readFileSync(path, 'utf8')).toBe('größe');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('replaces a file by another one, so that who has it open keeps the old content', async () => {
    const path = join(scratch(), 'file');
    writeFileSync(path, 'old');
    const before = statSync(path).ino;
    await write(path, new Uint8Array([0, 255, 10]));
    expect([...readFileSync(path)]).toEqual([0, 255, 10]);
    expect(statSync(path).ino).not.toBe(before);
  });

  test('leaves nothing but the file', async () => {
    const directory = scratch();
    await write(join(directory, 'file'), 'text');
    expect(readdirSync(directory)).toEqual(['file']);
  });

  test('takes the mode it is given, also without fsync', async () => {
    const path = join(scratch(), 'file');
    await write(path, 'text', { mode: 0o640, fsync: false });
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  test('keeps the mode of the file it replaces when told so, whatever the umask', async () => {
    const path = join(scratch(), 'file');
    writeFileSync(path, 'old');
    const umask = process.umask(0);
    await write(path, 'shared', { mode: 0o666 });
    process.umask(0o077);
    await write(path, 'still shared', { keepMode: true });
    process.umask(umask);
    expect(statSync(path).mode & 0o777).toBe(0o666);
  });

  test('falls back to its own mode when there is none to keep', async () => {
    const path = join(scratch(), 'file');
    await write(path, 'text', { keepMode: true });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('sets the modification time it is given', async () => {
    const path = join(scratch(), 'file');
    writeFileSync(path, 'old');
    utimesSync(path, 1, 1);
    await write(path, 'new', { modifiedAtMs: 1_234_567_000 });
    expect(statSync(path).mtimeMs).toBe(1_234_567_000);
  });
});
