import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fixture, hour, minute, onlyEntry, tree } from './support/fixture.ts';

const kib = 1024;

/** Times are set in seconds with a fraction, and may come back a microsecond short. */
function writtenAtMs(path: string): number {
  return Math.round(statSync(path).mtimeMs);
}

test('the entries used longest ago go when space is short', async () => {
  const { namespace, clock, directory } = fixture();
  // Sixteen entries of 20 KiB each on the disk, of which 300 KiB may stay.
  for (let key = 0; key < 16; key += 1) {
    await namespace.set(String(key), 'x'.repeat(19 * kib));
    await clock.advance(1000);
  }
  await clock.advance(15 * minute);
  expect(namespace.readSync('0')).toBeDefined();
  const { cache } = fixture({ directory, clock, maxBytes: 400 * kib });
  expect(await cache.sweep()).toMatchObject({ evicted: 1, expired: 0, bytes: 300 * kib });
  expect(namespace.readSync('0')).toBeDefined();
  expect(namespace.readSync('1')).toBeUndefined();
  expect(namespace.readSync('2')).toBeDefined();
});

test('entries past all grace periods go first, however lately they were used', async () => {
  const { cache, namespace, clock, directory } = fixture();
  const brief = cache.namespace({ kind: 'brief', scope: [], policy: { freshMs: minute } });
  for (let key = 0; key < 8; key += 1) await namespace.set(String(key), 'x'.repeat(19 * kib));
  await clock.advance(hour);
  for (let key = 0; key < 8; key += 1) await brief.set(String(key), 'x'.repeat(19 * kib));
  await clock.advance(minute + 1);
  const small = fixture({ directory, clock, maxBytes: 400 * kib }).cache;
  expect(await small.sweep()).toMatchObject({ expired: 8, evicted: 0, bytes: 160 * kib });
  expect((await small.stats('vm_status:*')).entries).toBe(8);
});

test('while there is room, a sweep that writing brought about reads no entry, and the daily one does', async () => {
  const { cache, namespace, clock, directory } = fixture({ maxBytes: 1024 * kib, policy: { freshMs: minute } });
  for (let key = 0; key < 5; key += 1) await namespace.set(String(key), 'x'.repeat(19 * kib));
  await clock.advance(2 * minute);
  for (let key = 5; key < 15; key += 1) await namespace.set(String(key), 'x'.repeat(19 * kib));
  await cache.close();
  expect(readFileSync(`${directory}/v1/.swept`, 'utf8')).not.toBe('48');
  expect((await cache.stats()).entries).toBe(15);
  expect(await cache.sweep()).toMatchObject({ expired: 5, evicted: 0 });
});

test('entries of a former generation go, too', async () => {
  const { cache, namespace } = fixture();
  await namespace.set('a', 1);
  await namespace.invalidate();
  await namespace.set('b', 1);
  expect(await cache.sweep()).toMatchObject({ expired: 1, evicted: 0 });
  expect(await cache.stats()).toMatchObject({ entries: 1 });
});

test('keys too long for the first read of a header are no reason to lose an entry', async () => {
  const { cache, namespace } = fixture();
  for (const length of [900, 5000, 70_000]) await namespace.set('k'.repeat(length), 'value');
  expect(await cache.sweep()).toMatchObject({ expired: 0 });
  expect(await cache.stats()).toMatchObject({ entries: 3 });
});

test('writing alone keeps the cache near its bound', async () => {
  const { cache, namespace } = fixture({ maxBytes: 1024 * kib });
  let most = 0;
  for (let key = 0; key < 400; key += 1) {
    await namespace.set(String(key), 'x'.repeat(19 * kib));
    await cache.close();
    most = Math.max(most, (await cache.stats()).bytes);
  }
  expect(most).toBeGreaterThan(700 * kib);
  expect(most).toBeLessThanOrEqual(1024 * kib);
});

test('a loop that never lets anything else go on is held up by the sweep, and keeps near the bound, too', async () => {
  const { cache, namespace } = fixture({ maxBytes: 1024 * kib });
  let most = 0;
  for (let key = 0; key < 400; key += 1) {
    await namespace.set(String(key), 'x'.repeat(19 * kib));
    most = Math.max(most, (await cache.stats()).bytes);
  }
  expect(most).toBeLessThanOrEqual(1.2 * 1024 * kib);
});

test('sweeps are rare: a set that is not the one in many only writes its entry', async () => {
  const { cache, namespace, directory } = fixture({ maxBytes: 1024 * kib });
  let sweeps = 0;
  let before = 0;
  for (let key = 0; key < 200; key += 1) {
    await namespace.set(String(key), 'x'.repeat(4 * kib - 300));
    await cache.close();
    const written = readFileSync(`${directory}/v1/.written`).length;
    if (written < before) sweeps += 1;
    before = written;
  }
  // One after 192 KiB, as nobody knew how much there was; then not until three quarters of the rest are written.
  expect(sweeps).toBeGreaterThanOrEqual(1);
  expect(sweeps).toBeLessThanOrEqual(2);
});

test('an answer larger than the whole cache is given, not kept', async () => {
  const { namespace, warnings } = fixture({ maxBytes: 10 * kib });
  const value = 'é'.repeat(6 * kib);
  expect(await namespace.fetch('fleet', async () => ({ value }))).toMatchObject({ value, source: 'origin' });
  expect(namespace.readSync('fleet')).toBeUndefined();
  expect(warnings).toMatchObject([{ code: 'not-kept' }]);
});

test('a cache that writes little is swept once a day', async () => {
  const { namespace, clock, directory } = fixture();
  await namespace.set('old', 1);
  await clock.advance(25 * hour + minute);
  const next = fixture({ directory, clock });
  await next.namespace.set('new', 1);
  await next.cache.close();
  expect(tree(directory).filter((name) => name.endsWith('.json'))).toHaveLength(1);
});

test('sweeps that writing brings about do not put off the daily one', async () => {
  const { cache, namespace, clock, directory } = fixture({ maxBytes: 1024 * kib });
  const sweptAt = (): number => writtenAtMs(`${directory}/v1/.swept`);
  await namespace.set('first', 1);
  const start = sweptAt();
  await clock.advance(hour);
  for (let key = 0; key < 15; key += 1) await namespace.set(String(key), 'x'.repeat(19 * kib));
  await cache.close();
  expect(readFileSync(`${directory}/v1/.swept`, 'utf8')).not.toBe('48');
  expect(sweptAt()).toBe(start);
  await cache.sweep();
  expect(sweptAt()).toBe(clock.now());
});

test('the time of last use is written once in ten minutes, not at every use', async () => {
  const { namespace, clock, directory } = fixture();
  await namespace.set('fleet', 1);
  const writtenAt = clock.now();
  const lastUse = (): number => writtenAtMs(onlyEntry(directory));
  expect(lastUse()).toBe(writtenAt);
  await clock.advance(9 * minute);
  namespace.readSync('fleet');
  expect(lastUse()).toBe(writtenAt);
  await clock.advance(minute);
  namespace.readSync('fleet');
  expect(lastUse()).toBe(clock.now());
});
