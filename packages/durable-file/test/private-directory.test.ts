import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createPrivateDirectory, createPrivateDirectorySync } from '../src/index.ts';
import { scratch } from './support/scratch.ts';

describe.each<[string, (path: string) => Promise<void>]>([
  ['createPrivateDirectory', createPrivateDirectory],
  ['createPrivateDirectorySync', async (path) => createPrivateDirectorySync(path)],
])('%s', (_, create) => {
  test('creates every missing level for the owner only, and leaves those there are', async () => {
    const directory = scratch();
    const existing = join(directory, 'existing');
    mkdirSync(existing, { mode: 0o755 });
    await create(join(existing, 'a', 'b'));
    await create(join(existing, 'a', 'b'));
    const modes = ['.', 'a', 'a/b'].map((path) => statSync(join(existing, path)).mode & 0o777);
    expect(modes).toEqual([0o755, 0o700, 0o700]);
  });

  test('fails where a file is in the way', async () => {
    const path = join(scratch(), 'file');
    writeFileSync(path, '');
    await expect(create(join(path, 'below'))).rejects.toMatchObject({ code: 'ERR_NO_DIRECTORY' });
  });
});

test.skipIf(process.platform !== 'linux')('ends where a file system says ENOENT of a directory that is there', () => {
  expect(() => createPrivateDirectorySync('/proc/no-such-place/cache')).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^ERR_/) }),
  );
});
