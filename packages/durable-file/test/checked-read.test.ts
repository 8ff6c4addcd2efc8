import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type BytesRead,
  type CheckedReadOptions,
  type Refused,
  type TextRead,
  readCheckedBytes,
  readCheckedBytesSync,
  readCheckedText,
  readCheckedTextSync,
} from '../src/index.ts';
import { giveAway, isRoot, withoutPrivileges } from './support/as-someone.ts';
import { scratch } from './support/scratch.ts';

type Read = (path: string, options?: CheckedReadOptions) => Promise<TextRead | BytesRead | Refused>;

const variants: [string, Read][] = [
  ['readCheckedText', readCheckedText],
  ['readCheckedBytes', readCheckedBytes],
  ['readCheckedTextSync', async (...args) => readCheckedTextSync(...args)],
  ['readCheckedBytesSync', async (...args) => readCheckedBytesSync(...args)],
];

function file(content: string | Uint8Array = 'content', mode = 0o600): string {
  const path = join(scratch(), 'file');
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

describe.each(variants)('%s', (_, read) => {
  test('reads a file of our own, with its identity', async () => {
    const path = file('zwölf', 0o644);
    const result = await read(path);
    expect(result).toMatchObject({ ok: true, identity: { ino: statSync(path, { bigint: true }).ino, size: 6n } });
    const content = 'text' in result ? result.text : 'bytes' in result && new TextDecoder().decode(result.bytes);
    expect(content).toBe('zwölf');
  });

  test('reads an empty file', async () => {
    expect(await read(file(''))).toMatchObject({ ok: true });
  });

  test('refuses what is not there', async () => {
    const path = file();
    expect(await read(join(path, '..', 'other'))).toEqual({ ok: false, reason: 'missing' });
    expect(await read(join(path, 'below-a-file'))).toEqual({ ok: false, reason: 'missing' });
  });

  test('refuses a symbolic link, even to a file of our own', async () => {
    const path = file();
    symlinkSync('file', `${path}-link`);
    expect(await read(`${path}-link`)).toEqual({ ok: false, reason: 'symlink' });
  });

  test("refuses somebody else's file", async () => {
    // Root makes one; anybody else finds one of root's.
    const path = isRoot ? file() : '/etc/passwd';
    if (isRoot) chownSync(path, 65_534, 65_534);
    expect(await read(path)).toEqual({ ok: false, reason: 'foreign-owner' });
  });

  test.each([0o620, 0o602, 0o666])('refuses a file that others can write (%o)', async (mode) => {
    expect(await read(file('content', mode))).toEqual({ ok: false, reason: 'writable-by-others' });
  });

  test('refuses a file larger than the limit, and takes one as large as that', async () => {
    const path = file('12345');
    expect(await read(path, { maxBytes: 4 })).toEqual({ ok: false, reason: 'too-large' });
    expect(await read(path, { maxBytes: 5 })).toMatchObject({ ok: true });
  });

  test('refuses a directory', async () => {
    const path = join(scratch(), 'directory');
    mkdirSync(path);
    expect(await read(path)).toMatchObject({ ok: false, reason: 'not-a-file' });
  });

  test('refuses a named pipe and does not wait for a writer', async () => {
    const path = join(scratch(), 'pipe');
    execFileSync('mkfifo', [path]);
    expect(await read(path)).toMatchObject({ ok: false, reason: 'not-a-file' });
  });

  test('refuses a socket', async () => {
    const path = join(scratch(), 'socket');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    onTestFinished(() => void server.close());
    expect(await read(path)).toMatchObject({ ok: false, reason: 'not-a-file' });
  });

  test('says why it could not be read', async () => {
    const path = file('secret', 0o000);
    giveAway(join(path, '..'));
    giveAway(path);
    const result = await withoutPrivileges(() => read(path));
    expect(result).toMatchObject({ ok: false, reason: 'unreadable', cause: { code: 'EACCES' } });
  });
});
