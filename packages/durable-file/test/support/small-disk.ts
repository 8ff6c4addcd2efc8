import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { isRoot } from './as-someone.ts';
import { scratch } from './scratch.ts';

/** A file system of its own with room for some 64 KiB. Root on Linux always gets it, or the test fails. */
export function smallDisk(skip: (note: string) => never): string {
  if (process.platform !== 'linux' || !isRoot) skip('only root on Linux can mount a small disk');
  const directory = join(scratch(), 'disk');
  mkdirSync(directory);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=0700', 'tmpfs', directory]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', directory]);
  });
  return directory;
}
