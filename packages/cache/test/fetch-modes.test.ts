import { expect, test } from 'vitest';
import { CacheError } from '../src/index.ts';
import { counting, fixture, hour, minute, tree } from './support/fixture.ts';

test('fresh: asks the origin once, then not until the entry is stale', async () => {
  const { namespace, clock } = fixture();
  const loader = counting();
  const fetchedAt = clock.now();
  expect(await namespace.fetch('fleet', loader)).toEqual({
    value: 1,
    fetchedAt,
    ageMs: 0,
    freshness: 'fresh',
    generation: 0,
    source: 'origin',
    stale: false,
  });
  await clock.advance(minute);
  expect(await namespace.fetch('fleet', loader)).toMatchObject({
    value: 1,
    source: 'cache',
    stale: false,
    ageMs: minute,
  });
  await clock.advance(1);
  expect(await namespace.fetch('fleet', loader)).toMatchObject({ value: 2, source: 'origin', stale: false });
  expect(loader.calls).toBe(2);
});

test('the age counts from when the loader started, not from when it answered', async () => {
  const { namespace, clock } = fixture();
  const fetchedAt = clock.now();
  const slow = async (): Promise<{ value: string }> => {
    await clock.advance(20_000);
    return { value: 'slow' };
  };
  expect(await namespace.fetch('fleet', slow)).toMatchObject({ fetchedAt, ageMs: 20_000 });
  expect(namespace.readSync('fleet')).toMatchObject({ fetchedAt, ageMs: 20_000 });
});

test('maxAgeMs stands in for the policy, shorter and longer', async () => {
  const { namespace, clock } = fixture();
  const loader = counting();
  await namespace.fetch('fleet', loader);
  await clock.advance(30_000);
  expect(await namespace.fetch('fleet', loader, { maxAgeMs: 30_000 })).toMatchObject({ value: 1, freshness: 'fresh' });
  expect(await namespace.fetch('fleet', loader, { maxAgeMs: 29_999 })).toMatchObject({ value: 2, source: 'origin' });
  await clock.advance(hour);
  expect(await namespace.fetch('fleet', loader, { maxAgeMs: 2 * hour })).toMatchObject({ value: 2, stale: false });
  expect(await namespace.fetch('fleet', loader, { maxAgeMs: 0 })).toMatchObject({ value: 3 });
  expect(loader.calls).toBe(3);
});

test('refresh: asks the origin, however fresh the entry, and keeps the answer', async () => {
  const { namespace, clock } = fixture();
  const loader = counting();
  await namespace.fetch('fleet', loader);
  await clock.advance(1);
  expect(await namespace.fetch('fleet', loader, { mode: 'refresh' })).toMatchObject({ value: 2, source: 'origin' });
  expect(namespace.readSync('fleet')?.value).toBe(2);
});

test('offline: whatever is there, of any age, and never the origin', async () => {
  const { namespace, clock } = fixture();
  const loader = counting();
  const failure = namespace.fetch('fleet', loader, { mode: 'offline' });
  await expect(failure).rejects.toBeInstanceOf(CacheError);
  await expect(failure).rejects.toMatchObject({ code: 'ERR_NOT_CACHED' });
  await namespace.set('fleet', 'old');
  await clock.advance(1000 * hour);
  expect(await namespace.fetch('fleet', loader, { mode: 'offline' })).toMatchObject({
    value: 'old',
    source: 'cache',
    stale: true,
    freshness: 'expired',
  });
  expect(loader.calls).toBe(0);
});

test('bypass: the origin, nothing read and nothing written', async () => {
  const { namespace, directory } = fixture();
  const loader = counting();
  expect(await namespace.fetch('fleet', loader, { mode: 'bypass' })).toMatchObject({
    value: 1,
    source: 'origin',
    stale: false,
  });
  expect(() => tree(directory)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  await namespace.set('fleet', 'kept');
  const seen: unknown[] = [];
  await namespace.fetch('fleet', async ({ previous }) => ({ value: seen.push(previous) }), { mode: 'bypass' });
  expect(seen).toEqual([undefined]);
  expect(namespace.readSync('fleet')?.value).toBe('kept');
});

test('an entry from the future is asked for anew', async () => {
  const { namespace, clock } = fixture();
  const loader = counting();
  await namespace.set('fleet', 'odd', { fetchedAt: clock.now() + 6000 });
  expect(await namespace.fetch('fleet', loader)).toMatchObject({ value: 1, source: 'origin' });
  expect(namespace.readSync('fleet')?.value).toBe(1);
});

test('a loader that throws before its first wait is like one that fails later', async () => {
  const { namespace } = fixture();
  const fetched = namespace.fetch('fleet', () => {
    throw new TypeError('at once');
  });
  await expect(fetched).rejects.toThrow(new TypeError('at once'));
});
