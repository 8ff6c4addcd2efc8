import { expect, test } from 'vitest';
import { controlled, counting, failing, fixture, hour, minute } from './support/fixture.ts';
import { settle } from './support/virtual-clock.ts';

const mode = 'stale-while-revalidate';

test('a stale entry answers at once, and one refresh runs for however many callers', async () => {
  const { cache, namespace, clock } = fixture();
  await namespace.set('fleet', 'old');
  await clock.advance(minute + 1);
  const origin = controlled<string>();
  const answers = await Promise.all([1, 2, 3].map(() => namespace.fetch('fleet', origin.loader, { mode })));
  for (const answer of answers)
    expect(answer).toMatchObject({ value: 'old', source: 'cache', stale: true, freshness: mode });
  await settle();
  expect(origin.calls).toHaveLength(1);

  let closed = false;
  const closing = cache.close().then(() => (closed = true));
  await settle();
  expect(closed).toBe(false);
  origin.answer('new');
  await closing;
  expect(namespace.readSync('fleet')).toMatchObject({ value: 'new', freshness: 'fresh' });
});

test('a fresh entry needs no refresh', async () => {
  const { cache, namespace } = fixture();
  const loader = counting();
  await namespace.set('fleet', 'new');
  expect(await namespace.fetch('fleet', loader, { mode })).toMatchObject({ value: 'new', stale: false });
  await cache.close();
  expect(loader.calls).toBe(0);
});

test('past its grace period, and with nothing cached, the caller waits for the origin', async () => {
  const { namespace, clock } = fixture();
  const loader = counting();
  expect(await namespace.fetch('fleet', loader, { mode })).toMatchObject({ value: 1, source: 'origin' });
  await clock.advance(hour + minute + 1);
  expect(await namespace.fetch('fleet', loader, { mode })).toMatchObject({ value: 2, source: 'origin' });
});

test('an entry that only the caller finds too old is refreshed, too', async () => {
  const { cache, namespace, clock } = fixture();
  const loader = counting();
  await namespace.fetch('fleet', loader);
  await clock.advance(1000);
  expect(await namespace.fetch('fleet', loader, { mode, maxAgeMs: 500 })).toMatchObject({ value: 1, stale: true });
  await cache.close();
  expect(namespace.readSync('fleet')?.value).toBe(2);
});

test('a refresh that fails harms nobody and is tried again by the next caller', async () => {
  const { cache, namespace, clock } = fixture();
  const loader = counting();
  await namespace.set('fleet', 'old');
  await clock.advance(minute + 1);
  await namespace.fetch('fleet', failing, { mode });
  await cache.close();
  expect((await cache.stats()).loadErrors).toBe(1);
  expect(await namespace.fetch('fleet', loader, { mode })).toMatchObject({ value: 'old' });
  await cache.close();
  expect(namespace.readSync('fleet')?.value).toBe(1);
});

test('the refresh goes on when its caller stops', async () => {
  const { cache, namespace, clock } = fixture();
  await namespace.set('fleet', 'old');
  await clock.advance(minute + 1);
  const controller = new AbortController();
  const origin = controlled<string>();
  await namespace.fetch('fleet', origin.loader, { mode, signal: controller.signal });
  controller.abort();
  await settle();
  expect(origin.calls[0]?.signal.aborted).toBe(false);
  origin.answer('new');
  await cache.close();
  expect(namespace.readSync('fleet')?.value).toBe('new');
});
