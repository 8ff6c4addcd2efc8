import { expect, test } from 'vitest';
import { DurableFileError as Built } from '../dist/index.js';
import { DurableFileError } from '../src/index.ts';
import { writeError } from '../src/errors.ts';

test('an error of another installed copy is one, and other errors are not', () => {
  const error = new Built('ERR_FILE_BUSY', 'busy', '/x');
  expect(Built).not.toBe(DurableFileError);
  expect(error instanceof DurableFileError).toBe(true);
  for (const other of [new Error('x'), null, 'ERR_FILE_BUSY', { code: 'ERR_FILE_BUSY' }]) {
    expect((other as unknown) instanceof DurableFileError).toBe(false);
  }
});

test.each([
  ['ENOSPC', 'ERR_DISK_FULL'],
  ['EDQUOT', 'ERR_DISK_FULL'],
  ['EROFS', 'ERR_NOT_WRITABLE'],
  ['EPERM', 'ERR_NOT_WRITABLE'],
  ['EBUSY', 'ERR_FILE_BUSY'],
  ['ENOTDIR', 'ERR_NO_DIRECTORY'],
  ['EIO', 'ERR_WRITE_FAILED'],
])('%s is %s, with its cause and a remedy', (system, code) => {
  const cause = Object.assign(new Error(`${system}: something`), { code: system });
  const error = writeError('/some/file', cause);
  expect(error).toMatchObject({ code, cause, path: '/some/file', name: 'DurableFileError' });
  expect(error.message).toBe(`Could not write /some/file: ${system}: something`);
  expect(error.hint).toMatch(/\.$/);
  expect(writeError('/other', error)).toBe(error);
});

test('what is thrown and is no error is named all the same', () => {
  expect(writeError('/f', 'odd').message).toBe('Could not write /f: odd');
});
