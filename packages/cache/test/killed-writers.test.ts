import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Cache, type CacheWarning } from '../src/index.ts';
import { firstWord, kill, startChild } from './support/child.ts';
import { scratch } from './support/scratch.ts';

const kills = 50;
const atOnce = 5;

test('fifty writers killed in the midst of it leave nothing torn, and the next run works', async () => {
  const directory = join(scratch(), 'cache');
  const warnings: CacheWarning[] = [];
  for (let killed = 0; killed < kills; killed += atOnce) {
    const children = Array.from({ length: atOnce }, () => startChild('write-for-ever.mjs', directory));
    await Promise.all(children.map(firstWord));
    for (const child of children) {
      // A moment of chance: how far each of them gets until its signal arrives.
      const turns = Math.random() * 200;
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await kill(child);
    }
    const cache = new Cache({ directory, onWarning: (warning) => warnings.push(warning) });
    const namespace = cache.namespace({ kind: 'vm', scope: ['cloud'], policy: { freshMs: 3_600_000 } });
    for (let key = 0; key < 5; key += 1) {
      for (const entry of [namespace.readSync(`set-${key}`), namespace.readSync(`fetched-${key}`)]) {
        const value = entry?.value as { round: number; end: number } | undefined;
        expect(value?.end).toBe(value?.round);
      }
    }
  }
  expect(warnings).toEqual([]);

  const cache = new Cache({ directory });
  const namespace = cache.namespace({ kind: 'vm', scope: ['cloud'], policy: { freshMs: 3_600_000 } });
  for (let key = 0; key < 5; key += 1) {
    const answer = await namespace.fetch(`fetched-${key}`, async () => ({ value: 'next run' }), { mode: 'refresh' });
    expect(answer).toMatchObject({ value: 'next run', source: 'origin' });
    expect(namespace.readSync(`fetched-${key}`)?.value).toBe('next run');
  }
  await cache.sweep();
  await cache.close();
});
