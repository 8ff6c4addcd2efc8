import { rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type FileIdentity,
  fileIdentitySync,
  isRacy,
  readCheckedTextSync,
  sameIdentity,
  writeAtomicSync,
} from '../src/index.ts';
import { scratch } from './support/scratch.ts';

function identity(path: string): FileIdentity {
  const found = fileIdentitySync(path);
  if (found === undefined) throw new Error(`${path} is missing`);
  return found;
}

test('stays while the file does', () => {
  const path = join(scratch(), 'file');
  writeAtomicSync(path, 'content');
  const read = readCheckedTextSync(path);
  expect(read.ok && sameIdentity(read.identity, identity(path))).toBe(true);
});

test('differs after a write of the same size that kept the modification time', () => {
  const path = join(scratch(), 'file');
  writeFileSync(path, 'aaaa');
  utimesSync(path, 1000, 1000);
  const before = identity(path);
  writeAtomicSync(path, 'bbbb', { modifiedAtMs: 1_000_000 });
  const after = identity(path);
  expect(after.size).toBe(before.size);
  expect(after.mtimeNs).toBe(before.mtimeNs);
  expect(sameIdentity(before, after)).toBe(false);
});

test.each(['dev', 'ino', 'size', 'mtimeNs', 'ctimeNs'] as const)('counts %s', (field) => {
  const one: FileIdentity = { dev: 1n, ino: 2n, size: 3n, mtimeNs: 4n, ctimeNs: 5n };
  expect(sameIdentity(one, { ...one })).toBe(true);
  expect(sameIdentity(one, { ...one, [field]: 9n })).toBe(false);
});

test('is undefined for a file that is missing', () => {
  const path = join(scratch(), 'file');
  writeFileSync(path, '');
  rmSync(path);
  expect(fileIdentitySync(path)).toBeUndefined();
});

test('is racy when the file changed within 50 ms of the look, or later', () => {
  const path = join(scratch(), 'file');
  writeFileSync(path, 'content');
  const changedAt = Math.floor(statSync(path).ctimeMs);
  const found = identity(path);
  expect(isRacy(found, changedAt)).toBe(true);
  expect(isRacy(found, changedAt + 49)).toBe(true);
  expect(isRacy(found, changedAt + 50)).toBe(false);
  expect(isRacy(found, changedAt - 1000)).toBe(true);
  // A modification time from the future, as a copy may bring along.
  expect(isRacy({ ...found, mtimeNs: BigInt(changedAt + 5000) * 1_000_000n }, changedAt + 1000)).toBe(true);
});
