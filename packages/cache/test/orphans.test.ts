import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { firstWord, kill, startChild } from './support/child.ts';
import { controlled, fixture, hour, onlyEntry, tree } from './support/fixture.ts';
import { settle } from './support/virtual-clock.ts';

test('temporary files of writers that crashed go after an hour', async () => {
  const { cache, namespace, clock, directory } = fixture();
  await namespace.set('fleet', 1);
  const orphan = join(dirname(onlyEntry(directory)), '.1a-2b-3c.azf-tmp');
  writeFileSync(orphan, 'half an ent');
  expect(await cache.sweep()).toMatchObject({ orphans: 0 });
  await clock.advance(hour + 1000);
  expect(await cache.sweep()).toMatchObject({ orphans: 1 });
  expect(existsSync(orphan)).toBe(false);
});

test('the lease of a killed process goes, that of a running one stays', async () => {
  const { cache, namespace, directory } = fixture();
  const child = startChild('hang.mjs', directory);
  await firstWord(child);
  const origin = controlled<string>();
  const fetched = namespace.fetch('mine', origin.loader);
  await settle();
  const leases = (): string[] => tree(directory).filter((name) => name.endsWith('.lock'));
  expect(leases()).toHaveLength(2);
  expect(await cache.sweep()).toMatchObject({ orphans: 0 });
  await kill(child);
  expect(await cache.sweep()).toMatchObject({ orphans: 1 });
  expect(leases()).toHaveLength(1);
  origin.answer('mine');
  await fetched;
  expect(leases()).toHaveLength(0);
});

test('one process sweeps at a time', async () => {
  const { cache, namespace, directory } = fixture();
  await namespace.set('fleet', 1);
  const other = fixture({ directory }).cache;
  const [mine, theirs] = await Promise.all([cache.sweep(), other.sweep()]);
  expect(mine.bytes + theirs.bytes).toBe(4096);
  expect(await Promise.all([cache.sweep(), cache.sweep()])).toMatchObject([{ bytes: 4096 }, { bytes: 4096 }]);
});
