import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { replaceFile, replaceFileSync } from '../src/replace-file.ts';
import { giveAway, withoutPrivileges } from './support/as-someone.ts';
import { scratch } from './support/scratch.ts';
import { ImpatientClock } from './support/virtual-clock.ts';

// What Windows answers while a file is open elsewhere, EACCES, a closed directory answers here.
function closedTarget(): { from: string; to: string; directory: string } {
  const directory = scratch();
  giveAway(directory);
  const closed = join(directory, 'closed');
  mkdirSync(closed);
  const from = join(directory, 'from');
  writeFileSync(from, 'new');
  for (const path of [closed, from]) giveAway(path);
  chmodSync(closed, 0o555);
  return { from, to: join(closed, 'to'), directory: closed };
}

describe('on Windows', () => {
  test('the rename is tried again with growing pauses until the target is free', async () => {
    const { from, to, directory } = closedTarget();
    const clock = new ImpatientClock();
    clock.onWait = () => {
      if (clock.waits.length === 3) chmodSync(directory, 0o755);
    };
    await withoutPrivileges(() => replaceFile(from, to, clock, 'win32'));
    expect(clock.waits).toEqual([1, 2, 4]);
    expect(readFileSync(to, 'utf8')).toBe('new');
  });

  test('after eight pauses it is given up', async () => {
    const { from, to } = closedTarget();
    const clock = new ImpatientClock();
    await withoutPrivileges(async () => {
      await expect(replaceFile(from, to, clock, 'win32')).rejects.toMatchObject({
        code: 'ERR_FILE_BUSY',
        path: to,
        cause: { code: 'EACCES' },
      });
    });
    expect(clock.waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
  });

  test('the blocking one gives up, too', async () => {
    const { from, to } = closedTarget();
    await withoutPrivileges(() => {
      expect(() => replaceFileSync(from, to, 'win32')).toThrow(expect.objectContaining({ code: 'ERR_FILE_BUSY' }));
    });
  });
});

test('elsewhere a refusal is final', async () => {
  const { from, to } = closedTarget();
  const clock = new ImpatientClock();
  await withoutPrivileges(async () => {
    await expect(replaceFile(from, to, clock, 'linux')).rejects.toMatchObject({ code: 'EACCES' });
    expect(() => replaceFileSync(from, to, 'linux')).toThrow(expect.objectContaining({ code: 'EACCES' }));
  });
  expect(clock.waits).toEqual([]);
});
