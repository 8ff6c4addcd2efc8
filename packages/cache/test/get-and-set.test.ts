import { expect, test } from 'vitest';
import { fixture, policy } from './support/fixture.ts';

test('what is set is there, with its age, for this cache and the next', async () => {
  const { namespace, clock, directory } = fixture();
  expect(await namespace.get('fleet')).toBeUndefined();
  const fetchedAt = clock.now();
  const value = { name: 'größe\n\u{1f600}', list: [1, null, true], nested: { empty: {} } };
  expect(await namespace.set('fleet', value, { etag: '"v1"' })).toBe(true);
  await clock.advance(5000);
  const expected = { value, fetchedAt, ageMs: 5000, freshness: 'fresh', etag: '"v1"', generation: 0 };
  expect(await namespace.get('fleet')).toEqual(expected);
  expect(namespace.readSync('fleet')).toEqual(expected);
  expect(fixture({ directory, clock }).namespace.readSync('fleet')).toEqual(expected);
});

test('an entry takes the time it is given, not only that of the write', async () => {
  const { namespace, clock } = fixture();
  await namespace.set('fleet', 1, { fetchedAt: clock.now() - 61_000 });
  expect(namespace.readSync('fleet')).toMatchObject({ ageMs: 61_000, freshness: 'stale-while-revalidate' });
});

test('keys, kinds and scopes are apart', async () => {
  const { cache, namespace } = fixture();
  const other = [
    cache.namespace({ kind: 'vm_list', scope: ['cloud', 'sub-1'], policy }),
    cache.namespace({ kind: 'vm_status', scope: ['cloud', 'sub-2'], policy }),
    cache.namespace({ kind: 'vm_status', scope: ['cloud'], policy }),
    cache.namespace({ kind: 'vm_status', scope: [], policy }),
    cache.namespace({ kind: 'vm_status', scope: ['Cloud', 'sub-1'], policy }),
  ];
  await namespace.set('a', 'mine');
  expect(namespace.readSync('A')).toBeUndefined();
  for (const [index, ns] of other.entries()) {
    expect(ns.readSync('a')).toBeUndefined();
    await ns.set('a', index);
  }
  expect(other.map((ns) => ns.readSync('a')?.value)).toEqual([0, 1, 2, 3, 4]);
  expect(namespace.readSync('a')?.value).toBe('mine');
});

test('views of a namespace share its entries and differ in policy', async () => {
  const { cache, namespace, clock } = fixture();
  const patient = cache.namespace({ kind: 'vm_status', scope: ['cloud', 'sub-1'], policy: { freshMs: 3_600_000 } });
  await namespace.set('fleet', 1);
  await clock.advance(120_000);
  expect(namespace.readSync('fleet')?.freshness).toBe('stale-while-revalidate');
  expect(patient.readSync('fleet')?.freshness).toBe('fresh');
  expect(patient.name).toBe(namespace.name);
});

test('a deleted entry has gone, and deleting it again does no harm', async () => {
  const { namespace } = fixture();
  await namespace.set('fleet', 1);
  await namespace.delete('fleet');
  await namespace.delete('fleet');
  expect(await namespace.get('fleet')).toBeUndefined();
});

test('what JSON cannot say is not kept, and said so once', async () => {
  const { namespace, warnings } = fixture();
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  for (const value of [undefined, 1n, circle, () => 1]) expect(await namespace.set('odd', value)).toBe(false);
  expect(namespace.readSync('odd')).toBeUndefined();
  expect(warnings).toMatchObject([{ code: 'not-kept' }]);
});
