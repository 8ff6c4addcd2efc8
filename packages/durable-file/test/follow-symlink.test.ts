import { lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type AtomicWriteOptions, writeAtomic, writeAtomicSync } from '../src/index.ts';
import { scratch } from './support/scratch.ts';

type Write = (path: string, data: string, options?: AtomicWriteOptions) => Promise<void>;

describe.each<[string, Write]>([
  ['writeAtomic', writeAtomic],
  ['writeAtomicSync', async (...args) => writeAtomicSync(...args)],
])('%s', (_, write) => {
  test('replaces a link by default and leaves what it led to', async () => {
    const directory = scratch();
    writeFileSync(join(directory, 'target'), 'untouched');
    symlinkSync('target', join(directory, 'link'));
    await write(join(directory, 'link'), 'new');
    expect(lstatSync(join(directory, 'link')).isFile()).toBe(true);
    expect(readFileSync(join(directory, 'target'), 'utf8')).toBe('untouched');
  });

  test('replaces what a chain of links leads to when told so, relative to where each link really is', async () => {
    const directory = scratch();
    mkdirSync(join(directory, 'dotfiles', 'app'), { recursive: true });
    mkdirSync(join(directory, 'home'));
    symlinkSync('../dotfiles/app', join(directory, 'home', 'app'));
    symlinkSync('../real', join(directory, 'dotfiles', 'app', 'config'));
    writeFileSync(join(directory, 'dotfiles', 'real'), 'old');
    await write(join(directory, 'home', 'app', 'config'), 'new', { followSymlink: true });
    expect(readFileSync(join(directory, 'dotfiles', 'real'), 'utf8')).toBe('new');
    expect(readlinkSync(join(directory, 'dotfiles', 'app', 'config'))).toBe('../real');
  });

  test('creates what a dangling link leads to', async () => {
    const directory = scratch();
    symlinkSync('later', join(directory, 'link'));
    await write(join(directory, 'link'), 'new', { followSymlink: true });
    expect(readFileSync(join(directory, 'later'), 'utf8')).toBe('new');
  });

  test('fails on links in a circle', async () => {
    const directory = scratch();
    symlinkSync('b', join(directory, 'a'));
    symlinkSync('a', join(directory, 'b'));
    await expect(write(join(directory, 'a'), 'new', { followSymlink: true })).rejects.toMatchObject({
      code: 'ERR_WRITE_FAILED',
      cause: { code: 'ELOOP' },
    });
  });
});
