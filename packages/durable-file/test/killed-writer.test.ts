import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isTemporaryName, writeAtomicSync } from '../src/index.ts';
import { firstWord, kill, startChild } from './support/child.ts';
import { scratch } from './support/scratch.ts';

test.each(['sync', 'async'])(
  'a killed writer (%s) leaves the old file or the new one, and at most a temporary file',
  async (how) => {
    const directory = scratch();
    const path = join(directory, 'file');
    for (let round = 0; round < 5; round += 1) {
      const child = startChild('write-for-ever.mjs', path, how);
      await firstWord(child);
      // Anywhere in a write: how far it gets until the signal arrives is chance.
      for (let turn = 0; turn < round * 7; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await kill(child);
      const { round: written, end } = JSON.parse(readFileSync(path, 'utf8')) as { round: number; end: number };
      expect(end).toBe(written);
    }
    expect(readdirSync(directory).filter((name) => name !== 'file' && !isTemporaryName(name))).toEqual([]);
    writeAtomicSync(path, 'next');
    expect(readFileSync(path, 'utf8')).toBe('next');
  },
);
