import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Cache } from '../src/index.ts';
import { runChild } from './support/child.ts';
import { scratch } from './support/scratch.ts';

test('four processes that keep 250 entries each lose none', async () => {
  const directory = join(scratch(), 'cache');
  const writers = ['a', 'b', 'c', 'd'];
  await Promise.all(writers.map((who) => runChild('set-many.mjs', directory, who, '250')));
  const cache = new Cache({ directory });
  const namespace = cache.namespace({ kind: 'vm', scope: ['cloud'], policy: { freshMs: 3_600_000 } });
  for (const who of writers) {
    for (let number = 0; number < 250; number += 1) {
      expect(namespace.readSync(`${who}-${number}`)?.value).toMatchObject({ who, number });
    }
  }
  expect(await cache.stats()).toMatchObject({ entries: 1000, hits: 1000, misses: 0 });
});
