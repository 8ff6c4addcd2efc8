import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { controlled, counting, failing, fixture, minute } from './support/fixture.ts';
import { MemoryStore } from './support/memory-store.ts';
import { settle } from './support/virtual-clock.ts';

test('the policy is the same over another store, and no file is written', async () => {
  const store = new MemoryStore();
  const { cache, namespace, clock, directory } = fixture({ store });
  const other = fixture({ store, clock });
  const loader = counting();

  await namespace.fetch('fleet', loader);
  expect(await other.namespace.fetch('fleet', loader)).toMatchObject({ value: 1, source: 'cache' });
  await clock.advance(minute + 1);
  expect(await namespace.fetch('fleet', failing)).toMatchObject({ value: 1, stale: true });

  const origin = controlled<string>();
  const mine = namespace.fetch('fleet', origin.loader);
  await settle();
  const theirs = other.namespace.fetch('fleet', origin.loader);
  await clock.advance(500);
  origin.answer('answer');
  await mine;
  await clock.advance(500);
  expect(await theirs).toMatchObject({ value: 'answer', source: 'peer' });

  expect(await cache.stats()).toMatchObject({ entries: 1 });
  expect(await cache.invalidate('vm_status:*')).toBe(1);
  expect(other.namespace.readSync('fleet')).toBeUndefined();
  expect(existsSync(directory)).toBe(false);
});

test('a value in it that does not parse is a miss', async () => {
  const store = new MemoryStore();
  const { namespace, warnings } = fixture({ store });
  await namespace.set('fleet', 1);
  const read = store.readSync.bind(store);
  store.readSync = (...args) => ({ ...read(...args)!, body: '{' });
  expect(namespace.readSync('fleet')).toBeUndefined();
  expect(warnings).toMatchObject([{ code: 'corrupt-entry' }]);
});
