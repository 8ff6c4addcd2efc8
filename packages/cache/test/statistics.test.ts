import { expect, test } from 'vitest';
import { counting, failing, fixture, minute, policy, tree } from './support/fixture.ts';

test('counts what this process asked for and what is on the disk, by namespace', async () => {
  const { cache, namespace, clock } = fixture();
  const lists = cache.namespace({ kind: 'vm_list', scope: ['cloud'], policy });
  const loader = counting();
  await namespace.fetch('a', loader);
  await namespace.fetch('a', loader);
  namespace.readSync('a');
  await namespace.get('b');
  await clock.advance(minute + 1);
  await namespace.fetch('a', loader, { mode: 'stale-while-revalidate' });
  await cache.close();
  await clock.advance(1);
  await namespace.fetch('a', failing, { mode: 'refresh' });
  await lists.set('c', 'x'.repeat(5000));

  const stats = await cache.stats();
  const statuses = { hits: 2, staleHits: 2, misses: 2, loads: 3, loadErrors: 1, notKept: 0, entries: 1, bytes: 4096 };
  const nothing = { hits: 0, staleHits: 0, misses: 0, loads: 0, loadErrors: 0, notKept: 0, entries: 1, bytes: 8192 };
  expect(stats.namespaces.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    { name: 'vm_list:cloud', ...nothing, hitRatio: undefined },
    { name: 'vm_status:cloud/sub-1', ...statuses, hitRatio: 4 / 6 },
  ]);
  expect(stats).toMatchObject({ ...statuses, entries: 2, bytes: 12_288, hitRatio: 4 / 6, warnings: {} });
  expect(await cache.stats('vm_list:*')).toMatchObject({ entries: 1, hitRatio: undefined, namespaces: [{ hits: 0 }] });
});

test('clear removes what matches, says what that was, and lets nothing come back', async () => {
  const { cache, namespace, directory } = fixture();
  const lists = cache.namespace({ kind: 'vm_list', scope: ['cloud'], policy });
  for (const key of ['a', 'b', 'c']) await namespace.set(key, key);
  await lists.set('a', 'x'.repeat(5000));
  const generation = namespace.generationSync();
  expect(await cache.clear('vm_status:*')).toEqual({ namespaces: 1, entries: 3, bytes: 3 * 4096 });
  expect(namespace.readSync('a')).toBeUndefined();
  expect(await namespace.set('a', 'slow', { generation })).toBe(false);
  expect(lists.readSync('a')).toBeDefined();
  expect(await cache.clear()).toEqual({ namespaces: 2, entries: 1, bytes: 8192 });
  expect(tree(directory).filter((name) => name.endsWith('.json'))).toEqual([]);
});
