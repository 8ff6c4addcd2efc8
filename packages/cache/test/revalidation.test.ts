import { expect, test } from 'vitest';
import type { Entry } from '../src/index.ts';
import { fixture, hour, minute } from './support/fixture.ts';

test('a loader is given the entry there is, of any age, and may say that it still holds', async () => {
  const { namespace, clock } = fixture();
  await namespace.set('fleet', ['vm-1'], { etag: '"v1"' });
  await clock.advance(100 * hour);
  const seen: (Entry<string[]> | undefined)[] = [];
  const answer = await namespace.fetch<string[]>('fleet', async ({ previous }) => {
    seen.push(previous);
    return { notModified: true };
  });
  expect(seen).toMatchObject([{ value: ['vm-1'], etag: '"v1"', freshness: 'expired' }]);
  expect(answer).toMatchObject({
    value: ['vm-1'],
    etag: '"v1"',
    source: 'origin',
    stale: false,
    fetchedAt: clock.now(),
  });
  await clock.advance(minute);
  expect(namespace.readSync('fleet')).toMatchObject({ value: ['vm-1'], etag: '"v1"', freshness: 'fresh' });
});

test('a new value comes with its own ETag, or with none', async () => {
  const { namespace } = fixture();
  await namespace.set('fleet', 1, { etag: '"v1"' });
  await namespace.fetch('fleet', async () => ({ value: 2, etag: '"v2"' }), { mode: 'refresh' });
  expect(namespace.readSync('fleet')).toMatchObject({ value: 2, etag: '"v2"' });
  await namespace.fetch('fleet', async () => ({ value: 3 }), { mode: 'refresh' });
  expect(namespace.readSync('fleet')).not.toHaveProperty('etag');
});

test('there is nothing to revalidate of what was invalidated', async () => {
  const { namespace } = fixture();
  await namespace.set('fleet', 1, { etag: '"v1"' });
  await namespace.invalidate();
  const seen: unknown[] = [];
  await namespace.fetch('fleet', async ({ previous }) => ({ value: seen.push(previous) }));
  expect(seen).toEqual([undefined]);
});

test.each(['fresh', 'bypass'] as const)('a loader cannot hold on to what it was not given (%s)', async (mode) => {
  const { namespace } = fixture();
  await expect(namespace.fetch('fleet', async () => ({ notModified: true }), { mode })).rejects.toMatchObject({
    code: 'ERR_NOTHING_TO_REVALIDATE',
  });
});
