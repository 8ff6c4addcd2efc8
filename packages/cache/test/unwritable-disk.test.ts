import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { giveAway, isRoot, withoutPrivileges } from './support/as-someone.ts';
import { type Fixture, counting, fixture, minute, onlyEntry, tree } from './support/fixture.ts';
import { scratch } from './support/scratch.ts';
import { smallDisk } from './support/small-disk.ts';

/** Every call does its work, nothing is kept, and there is one warning. */
async function expectToWorkWithoutKeeping({ cache, namespace, warnings }: Fixture): Promise<void> {
  const loader = counting();
  expect(await namespace.fetch('fleet', loader)).toMatchObject({ value: 1, source: 'origin', stale: false });
  expect(await namespace.fetch('fleet', loader)).toMatchObject({ value: 2, source: 'origin' });
  expect(await namespace.set('fleet', 1)).toBe(false);
  expect(await namespace.get('fleet')).toBeUndefined();
  expect(namespace.generationSync()).toBeLessThanOrEqual(0);
  await namespace.delete('fleet');
  await namespace.invalidate();
  await cache.invalidate('*');
  await cache.sweep();
  expect(await cache.clear()).toMatchObject({ entries: 0 });
  expect(await cache.stats()).toMatchObject({ entries: 0, loads: 2, notKept: 3 });
  await cache.close();
  expect(warnings).toMatchObject([{ code: 'not-kept' }]);
  expect(warnings[0]?.message).not.toContain('\n');
}

test('a file in place of the directory costs the caching only', async () => {
  const directory = join(scratch(), 'cache');
  writeFileSync(directory, 'not a directory');
  await expectToWorkWithoutKeeping(fixture({ directory }));
  expect(readFileSync(directory, 'utf8')).toBe('not a directory');
});

test('a directory that cannot be created costs the caching only', async () => {
  const parent = scratch();
  giveAway(parent);
  chmodSync(parent, 0o555);
  await withoutPrivileges(() => expectToWorkWithoutKeeping(fixture({ directory: join(parent, 'cache') })));
  chmodSync(parent, 0o755);
  expect(tree(parent)).toEqual([]);
});

test('a read-only directory still answers with what is in it', async () => {
  const directory = scratch();
  giveAway(directory);
  await withoutPrivileges(async () => {
    const { namespace, warnings, clock } = fixture({ directory });
    await namespace.set('fleet', 'kept');
    const entries = dirname(onlyEntry(directory));
    chmodSync(entries, 0o500);
    expect(await namespace.fetch('fleet', counting())).toMatchObject({ value: 'kept', source: 'cache' });
    // Long after, when the time of last use would be written.
    await clock.advance(30 * minute);
    expect(await namespace.fetch('fleet', counting(), { mode: 'stale-while-revalidate' })).toMatchObject({
      value: 'kept',
    });
    expect(await namespace.set('fleet', 'new')).toBe(false);
    expect(warnings).toMatchObject([{ code: 'not-kept' }]);
    chmodSync(entries, 0o700);
  });
});

test('where nothing can be invalidated, this process at least does not use the entries', async () => {
  const directory = scratch();
  giveAway(directory);
  await withoutPrivileges(async () => {
    const { namespace, warnings } = fixture({ directory });
    await namespace.set('fleet', 'kept');
    const entries = dirname(onlyEntry(directory));
    chmodSync(entries, 0o500);
    await namespace.invalidate();
    expect(namespace.readSync('fleet')).toBeUndefined();
    expect(warnings).toMatchObject([{ code: 'not-invalidated' }]);
    expect(await namespace.fetch('fleet', counting())).toMatchObject({ source: 'origin' });
    chmodSync(entries, 0o700);
  });
});

test('a directory of another user is left alone', async ({ skip }) => {
  if (!isRoot) skip('only root can give a directory away');
  const directory = join(scratch(), 'cache');
  mkdirSync(directory);
  chownSync(directory, 65_534, 65_534);
  await expectToWorkWithoutKeeping(fixture({ directory }));
  expect(tree(directory)).toEqual([]);
});

describe('a full disk', () => {
  test('costs the caching only, and is used again when there is room', async ({ skip }) => {
    const disk = smallDisk(skip);
    const { namespace, warnings, cache } = fixture({ directory: join(disk, 'cache') });
    await namespace.set('small', 'kept');
    writeFileSync(join(disk, 'filling'), Buffer.alloc(40_000));
    const large = 'x'.repeat(30_000);
    expect(await namespace.fetch('large', async () => ({ value: large }))).toMatchObject({
      value: large,
      source: 'origin',
    });
    expect(namespace.readSync('large')).toBeUndefined();
    expect(namespace.readSync('small')?.value).toBe('kept');
    expect(warnings).toMatchObject([{ code: 'not-kept', cause: { code: 'ERR_DISK_FULL' } }]);
    expect(tree(disk).filter((name) => name.endsWith('.azf-tmp'))).toEqual([]);
    rmSync(join(disk, 'filling'));
    expect(await namespace.set('large', large)).toBe(true);
    expect((await cache.stats()).warnings).toEqual({ 'not-kept': 1 });
  });

  test('does not keep an invalidation from taking effect, here and elsewhere', async ({ skip }) => {
    const disk = smallDisk(skip);
    const directory = join(disk, 'cache');
    const { namespace, warnings } = fixture({ directory });
    await namespace.set('fleet', 'before');
    for (const size of [4096, 1]) fill(join(disk, `filling-${size}`), size);
    await namespace.invalidate();
    expect(namespace.readSync('fleet')).toBeUndefined();
    expect(fixture({ directory }).namespace.readSync('fleet')).toBeUndefined();
    expect(warnings).toEqual([]);
  });
});

/** Writes until nothing more fits. */
function fill(path: string, size: number): void {
  let error: unknown;
  try {
    for (;;) writeFileSync(path, Buffer.alloc(size), { flag: 'a' });
  } catch (caught) {
    error = caught;
  }
  expect(error).toMatchObject({ code: 'ENOSPC' });
}
