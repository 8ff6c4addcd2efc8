import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { CacheNamespace } from '../src/index.ts';
import { giveAway, withoutPrivileges } from './support/as-someone.ts';
import { controlled, fixture, policy, tree } from './support/fixture.ts';
import { otherProcess } from './support/other-process.ts';
import { scratch } from './support/scratch.ts';
import { settle } from './support/virtual-clock.ts';

test('what was there before counts no more, what comes after does', async () => {
  const { namespace } = fixture();
  await namespace.set('fleet', 'before');
  expect(namespace.generationSync()).toBe(0);
  await namespace.invalidate();
  expect(namespace.generationSync()).toBe(1);
  expect(namespace.readSync('fleet')).toBeUndefined();
  expect(await namespace.fetch('fleet', async () => ({ value: 'after' }))).toMatchObject({
    source: 'origin',
    generation: 1,
  });
  expect(namespace.readSync('fleet')?.value).toBe('after');
});

test('an answer that was on its way is its caller’s, and is not kept', async () => {
  const { namespace, cache } = fixture();
  const origin = controlled<string>();
  const fetched = namespace.fetch('fleet', origin.loader);
  await settle();
  await namespace.invalidate();
  origin.answer('out of date');
  expect(await fetched).toMatchObject({ value: 'out of date', source: 'origin', generation: 0 });
  expect(namespace.readSync('fleet')).toBeUndefined();
  expect((await cache.stats()).notKept).toBe(1);
});

test('who asks after the invalidation does not wait for what was asked before it', async () => {
  const { namespace } = fixture();
  const origin = controlled<string>();
  const before = namespace.fetch('fleet', origin.loader);
  await settle();
  await namespace.invalidate();
  const after = namespace.fetch('fleet', origin.loader);
  await settle();
  origin.answer('before');
  await before;
  await settle();
  origin.answer('after');
  expect(await after).toMatchObject({ value: 'after', source: 'origin', generation: 1 });
});

test('set keeps nothing that was asked for under a former generation', async () => {
  const { namespace } = fixture();
  const generation = namespace.generationSync();
  await namespace.invalidate();
  expect(await namespace.set('fleet', 'slow', { generation })).toBe(false);
  expect(namespace.readSync('fleet')).toBeUndefined();
  expect(await namespace.set('fleet', 'new', { generation: generation + 1 })).toBe(true);
});

test('a pattern finds a namespace that has nothing in it yet but an answer on its way', async () => {
  const { cache, namespace, directory } = fixture();
  const generation = namespace.generationSync();
  expect(await fixture({ directory }).cache.invalidate('vm_status:*')).toBe(1);
  expect(await namespace.set('fleet', 'slow', { generation })).toBe(false);

  const other = cache.namespace({ kind: 'vm_list', scope: ['cloud'], policy });
  const origin = controlled<string>();
  const fetched = other.fetch('fleet', origin.loader);
  await settle();
  expect(await fixture({ directory }).cache.invalidate('vm_list:*')).toBe(1);
  origin.answer('slow');
  await fetched;
  expect(other.readSync('fleet')).toBeUndefined();
});

test.each([
  ['vm_status:*', ['vm_status:cloud/t/sub-1', 'vm_status:cloud/t/sub-2']],
  ['*:*/sub-1', ['vm_status:cloud/t/sub-1', 'vm_list:cloud/t/sub-1']],
  ['*', ['vm_status:cloud/t/sub-1', 'vm_status:cloud/t/sub-2', 'vm_list:cloud/t/sub-1', 'VM:']],
  ['vm_list:cloud/t/sub-1', ['vm_list:cloud/t/sub-1']],
  ['VM:', ['VM:']],
  ['vm_list:cloud', []],
  ['', []],
])('%j matches by name', async (pattern, expected) => {
  const { cache, directory } = fixture();
  const namespaces: CacheNamespace[] = [
    cache.namespace({ kind: 'vm_status', scope: ['cloud', 't', 'sub-1'], policy }),
    cache.namespace({ kind: 'vm_status', scope: ['cloud', 't', 'sub-2'], policy }),
    cache.namespace({ kind: 'vm_list', scope: ['cloud', 't', 'sub-1'], policy }),
    cache.namespace({ kind: 'VM', scope: [], policy }),
  ];
  for (const namespace of namespaces) await namespace.set('fleet', 1);
  // By a cache that has never heard of them.
  expect(await fixture({ directory }).cache.invalidate(pattern)).toBe(expected.length);
  const gone = namespaces.filter((namespace) => namespace.readSync('fleet') === undefined);
  expect(gone.map((namespace) => namespace.name)).toEqual(expected);
});

test('other processes see it at once, those that run and those that start', async () => {
  const { namespace, directory } = fixture();
  expect(await otherProcess(directory, 'set', 'fleet')).toBe(true);
  expect(namespace.readSync('fleet')?.value).toBe(await otherProcess(directory, 'get', 'fleet'));
  expect(await otherProcess(directory, 'invalidate', 'vm_status:*')).toBe(1);
  expect(namespace.readSync('fleet')).toBeUndefined();
  await namespace.set('fleet', 'again');
  await namespace.invalidate();
  expect(await otherProcess(directory, 'get', 'fleet')).toBeNull();
});

test('two that invalidate at once move the generation twice', async () => {
  const { namespace, directory } = fixture();
  namespace.generationSync();
  await Promise.all([1, 2, 3].map(() => otherProcess(directory, 'invalidate', '*')));
  expect(namespace.generationSync()).toBe(3);
});

test('it looks at no entry, nor even at their directory', async () => {
  const directory = scratch();
  giveAway(directory);
  await withoutPrivileges(async () => {
    const { cache, namespace } = fixture({ directory });
    for (let key = 0; key < 10; key += 1) await namespace.set(String(key), key);
    const entries = dirname(
      join(
        directory,
        tree(directory).find((name) => name.endsWith('.json'))!,
      ),
    );
    const before = readdirSync(entries).map((name) => statSync(join(entries, name)).ctimeMs);
    // Nobody can list it, which is what a cost for each entry would begin with.
    chmodSync(entries, 0o300);
    expect(await cache.invalidate('vm_status:*')).toBe(1);
    expect(namespace.readSync('1')).toBeUndefined();
    chmodSync(entries, 0o700);
    const after = readdirSync(entries).filter((name) => name !== '.generation');
    expect(after.map((name) => statSync(join(entries, name)).ctimeMs)).toEqual(before);
  });
});

test('what is no namespace is passed over', async () => {
  const { cache, namespace, directory } = fixture();
  await namespace.set('fleet', 1);
  mkdirSync(join(directory, 'v1', 'odd.directory', '@kind'), { recursive: true });
  expect(await cache.invalidate('*')).toBe(1);
});
