import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tryLock } from '../src/index.ts';
import { runChild, startChild } from './support/child.ts';
import { scratch } from './support/scratch.ts';

const processes = 4;
const rounds = 100;

describe.each(['keep', 'forget'])('four processes, each taking the lock a hundred times (%s)', (ending) => {
  test('never own it at once, after one that was killed owning it', async () => {
    const directory = scratch();
    const [code, signal] = (await once(startChild('fight-for-lock.mjs', directory, '1', ending, 'die'), 'close')) as [
      null,
      string,
    ];
    expect([code, signal]).toEqual([null, 'SIGKILL']);
    expect(existsSync(join(directory, 'owner'))).toBe(false);

    // Each of them fails if there is a second owner.
    await Promise.all(
      Array.from({ length: processes }, () => runChild('fight-for-lock.mjs', directory, String(rounds), ending)),
    );
    const tokens = readFileSync(join(directory, 'tokens'), 'utf8').trim().split('\n').map(Number);
    expect(tokens).toHaveLength(processes * rounds + 1);
    const distinct = new Set(tokens).size;
    const left = existsSync(join(directory, 'lock.lock')) ? readdirSync(join(directory, 'lock.lock')).length : 0;
    expect([distinct === tokens.length, left]).toEqual(ending === 'keep' ? [true, 1] : [false, 0]);
  });

  test('never own it at once while they die owning it, and others come in their place', async () => {
    const directory = scratch();
    let deaths = 0;
    const keepDying = async (): Promise<void> => {
      while (deaths < 60) {
        deaths += 1;
        const child = startChild('fight-for-lock.mjs', directory, String(1 + (deaths % 7)), ending, 'die');
        // One that found a second owner ends by itself.
        expect(await once(child, 'close')).toEqual([null, 'SIGKILL']);
      }
    };
    await Promise.all(Array.from({ length: processes }, keepDying));
    expect(tryLock(join(directory, 'lock')).ok).toBe(true);
  });
});
