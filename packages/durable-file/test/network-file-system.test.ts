import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isNetworkFileSystem, isNetworkType } from '../src/network-file-system.ts';
import { scratch } from './support/scratch.ts';

test('knows the file systems of other machines by the numbers of statfs(2)', () => {
  // nfs, smb2, cifs, ceph; ext4, tmpfs, btrfs, xfs, overlayfs
  expect([0x6969, 0xfe534d42, 0xff534d42, 0x00c36400].map(isNetworkType)).toEqual([true, true, true, true]);
  expect([0xef53, 0x01021994, 0x9123683e, 0x58465342, 0x794c7630].map(isNetworkType)).not.toContain(true);
});

test('a local directory is none, nor one that has just gone', () => {
  expect(isNetworkFileSystem(scratch())).toBe(false);
  expect(isNetworkFileSystem(join(scratch(), 'gone'))).toBe(false);
});

test('on Windows a network share is known by its name', () => {
  expect(isNetworkFileSystem('\\\\server\\share\\directory', 'win32')).toBe(true);
  expect(isNetworkFileSystem('\\\\?\\C:\\directory', 'win32')).toBe(false);
  expect(isNetworkFileSystem('C:\\directory', 'win32')).toBe(false);
});
