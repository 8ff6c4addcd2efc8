import { expect, test } from 'vitest';
import { failing, fixture, hour, minute } from './support/fixture.ts';

const down = new Error('the origin is down');

test('a stale entry answers for an origin that fails, marked, with the reason', async () => {
  const { namespace, clock } = fixture();
  await namespace.set('fleet', 'last');
  await clock.advance(24 * hour + minute);
  expect(await namespace.fetch('fleet', failing)).toMatchObject({
    value: 'last',
    source: 'cache',
    stale: true,
    freshness: 'stale-if-error',
    error: down,
  });
});

test('after that time, and with nothing cached, the error is the caller’s', async () => {
  const { namespace, clock } = fixture();
  await expect(namespace.fetch('fleet', failing)).rejects.toThrow(down);
  await namespace.set('fleet', 'last');
  await clock.advance(24 * hour + minute + 1);
  await expect(namespace.fetch('fleet', failing)).rejects.toThrow(down);
});

test('a refresh that fails is answered by the fresh entry, marked as stale', async () => {
  const { namespace } = fixture();
  await namespace.set('fleet', 'last');
  expect(await namespace.fetch('fleet', failing, { mode: 'refresh' })).toMatchObject({
    value: 'last',
    freshness: 'fresh',
    stale: true,
    error: down,
  });
});

test('the failure is not kept: the next call asks again', async () => {
  const { namespace } = fixture();
  await expect(namespace.fetch('fleet', failing)).rejects.toThrow(down);
  expect(await namespace.fetch('fleet', async () => ({ value: 'up' }))).toMatchObject({
    value: 'up',
    source: 'origin',
  });
});

test('an entry that was invalidated answers for nothing', async () => {
  const { namespace } = fixture();
  await namespace.set('fleet', 'last');
  await namespace.invalidate();
  await expect(namespace.fetch('fleet', failing)).rejects.toThrow(down);
});
