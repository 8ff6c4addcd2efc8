import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { controlled, fixture, tree } from './support/fixture.ts';
import { settle } from './support/virtual-clock.ts';

test('everything the cache writes is for its owner only, whatever the umask', async () => {
  const umask = process.umask(0);
  const { cache, namespace, directory } = fixture();
  const origin = controlled<string>();
  await namespace.set('fleet', 'x'.repeat(100_000));
  await namespace.invalidate();
  await namespace.set('fleet', 'x'.repeat(100_000));
  const fetched = namespace.fetch('other', origin.loader);
  await settle();
  await cache.sweep();
  const names = tree(directory);
  process.umask(umask);
  expect(names.join(' ')).toMatch(/\.generation.*\.json.*\.lock/);
  for (const name of ['', ...names]) {
    const stats = statSync(join(directory, name));
    expect([name, stats.mode & 0o777]).toEqual([name, stats.isDirectory() ? 0o700 : 0o600]);
  }
  origin.answer('done');
  await fetched;
});
