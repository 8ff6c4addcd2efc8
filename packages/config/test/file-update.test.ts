import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Clock, tryLock } from '@azfleet/durable-file';
import { beforeEach, expect, test, vi } from 'vitest';
import { updateFile } from '../src/index.ts';
import { useTemporaryDirectory } from './support/temporary-directory.ts';

const directory = useTemporaryDirectory();
let path: string;
beforeEach(() => {
  path = join(directory.path, 'tool.toml');
});

const isWindows = process.platform === 'win32';

test.skipIf(isWindows)('a new file is 0600, in new directories of 0700', async () => {
  path = join(directory.path, 'a', 'b', 'tool.toml');
  expect(await updateFile({ path, update: (text) => `${text}x = 1\n`, initialText: '# new\n' })).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('# new\nx = 1\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  for (const made of ['a', 'a/b']) expect(statSync(join(directory.path, made)).mode & 0o777).toBe(0o700);
});

test.skipIf(isWindows)('a file keeps its permissions, even those that others may read', async () => {
  writeFileSync(path, '');
  chmodSync(path, 0o644);
  await updateFile({ path, update: () => 'x = 1\n' });
  expect(statSync(path).mode & 0o777).toBe(0o644);
});

test.skipIf(isWindows)('a symbolic link stays one, and what it leads to changes', async () => {
  mkdirSync(join(directory.path, 'dotfiles'));
  const target = join(directory.path, 'dotfiles', 'tool.toml');
  writeFileSync(target, 'x = 1\n');
  symlinkSync('dotfiles/tool.toml', path);
  await updateFile({ path, update: (text) => `${text}y = 2\n` });
  expect(readlinkSync(path)).toBe('dotfiles/tool.toml');
  expect(lstatSync(target).isFile()).toBe(true);
  expect(readFileSync(target, 'utf8')).toBe('x = 1\ny = 2\n');
});

test.skipIf(isWindows)('a symbolic link to a file that is not there yet makes that file', async () => {
  const target = join(directory.path, 'target.toml');
  symlinkSync(target, path);
  await updateFile({ path, update: () => 'x = 1\n' });
  expect(lstatSync(path).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, 'utf8')).toBe('x = 1\n');
});

test('an update that changes nothing writes nothing', async () => {
  writeFileSync(path, 'x = 1\n');
  const before = statSync(path, { bigint: true });
  expect(await updateFile({ path, update: (text) => text })).toBe(false);
  expect(statSync(path, { bigint: true }).ctimeNs).toBe(before.ctimeNs);
  rmSync(path);
  expect(await updateFile({ path, update: (text) => text, initialText: '# new' })).toBe(false);
  expect(() => statSync(path)).toThrow('ENOENT');
});

test('what the update throws leaves the file as it was, and the lock free', async () => {
  writeFileSync(path, 'x = 1\n');
  await expect(updateFile({ path, update: () => Promise.reject(new RangeError('no')) })).rejects.toThrow(RangeError);
  expect(readFileSync(path, 'utf8')).toBe('x = 1\n');
  expect(await updateFile({ path, update: () => 'y = 1\n' })).toBe(true);
});

test('a change by a program that takes no lock is seen, and the update is made again on it', async () => {
  writeFileSync(path, 'x = 1\n');
  const seen: string[] = [];
  await updateFile({
    path,
    update: (text) => {
      seen.push(text);
      if (seen.length === 1) writeFileSync(path, 'theirs = 1\n');
      return `${text}ours = 1\n`;
    },
  });
  expect(seen).toEqual(['x = 1\n', 'theirs = 1\n']);
  expect(readFileSync(path, 'utf8')).toBe('theirs = 1\nours = 1\n');
});

test('a file that changes at each look is given up', async () => {
  let changes = 0;
  const update = (text: string): string => {
    writeFileSync(path, `n = ${changes++}\n`);
    return `${text}x`;
  };
  await expect(updateFile({ path, update })).rejects.toThrow(
    `${path}: cannot be written: another program keeps changing it`,
  );
  expect(changes).toBe(100);
});

/** A clock that jumps over each wait, and rings the heartbeats that fall into it. */
function jumpingClock(): Clock {
  let nowMs = Date.now();
  let heartbeats: { atMs: number; ring: () => void }[] = [];
  return {
    now: () => nowMs,
    setTimeout: (callback, ms) => {
      if (ms > 1000) return heartbeats.push({ atMs: nowMs + ms, ring: callback });
      nowMs += ms;
      const due = heartbeats.filter(({ atMs }) => atMs <= nowMs);
      heartbeats = heartbeats.filter(({ atMs }) => atMs > nowMs);
      for (const { ring } of due) ring();
      return setImmediate(callback);
    },
    clearTimeout: () => undefined,
  };
}

test('a file that somebody else holds for long is given up', async () => {
  const clock = jumpingClock();
  const held = tryLock(path, { clock });
  expect(held.ok).toBe(true);
  const update = vi.fn<() => string>(() => 'x');
  await expect(updateFile({ path, update, clock })).rejects.toMatchObject({
    code: 'CONFIG_UNWRITABLE',
    message: `${path}: cannot be written: another process is changing it`,
  });
  expect(update).not.toHaveBeenCalled();
  if (held.ok) held.lock.release();
});

test('waiting for another process ends with the signal', async () => {
  const held = tryLock(path);
  const controller = new AbortController();
  const update = updateFile({ path, update: () => 'x', signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(update).rejects.toThrow('enough');
  if (held.ok) held.lock.release();
});

test('a directory in the place of the file is refused', async () => {
  mkdirSync(path);
  await expect(updateFile({ path, update: () => 'x' })).rejects.toThrow(`${path}: cannot be read: it is a directory`);
});

test('a directory that cannot be made is refused', async () => {
  writeFileSync(path, '');
  await expect(updateFile({ path: join(path, 'a', 'tool.toml'), update: () => 'x' })).rejects.toMatchObject({
    code: 'CONFIG_UNWRITABLE',
    message: expect.stringContaining('cannot be written'),
    hint: expect.any(String),
  });
});
