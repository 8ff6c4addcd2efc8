import { expect, test } from 'vitest';
import { fromSafeName, toBoundedName, toSafeName } from '../src/safe-name.ts';
import { fixture, onlyEntry, policy } from './support/fixture.ts';

const texts = [
  'plain-name_1',
  'Name',
  'name',
  '..',
  '.',
  'a/b\\c',
  'nul\0byte',
  'con',
  'COM1',
  'lpt9',
  'trailing.',
  'trailing ',
  '%41',
  '%',
  '%u00e9',
  '@kind',
  'é',
  'e\u0301',
  '\u{1f600}',
  '\ud83d',
  '*?<>|":',
  '',
  '~x',
];

test('every text has a name of its own, whatever the case, that leads back to it', () => {
  const names = texts.map(toSafeName);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(texts.length);
  expect(names.map(fromSafeName)).toEqual(texts);
});

test('a name is made of characters that every file system takes, and is no device', () => {
  for (const text of texts) {
    const name = toSafeName(text);
    expect(name).toMatch(/^[a-z0-9_%-]+$/);
    expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/);
  }
});

test('names of long keys are bounded and differ', () => {
  const long = 'é'.repeat(500);
  const names = [long, `${long}x`, `x${long}`, 'a'.repeat(120), 'a'.repeat(121)].map(toBoundedName);
  expect(new Set(names).size).toBe(names.length);
  expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(120);
});

test('the hash spreads similar keys', () => {
  const prefix = 'x'.repeat(200);
  const names = new Set(Array.from({ length: 20_000 }, (_, index) => toBoundedName(prefix + String(index))));
  expect(names.size).toBe(20_000);
});

test('every key works, and no two share an entry', async () => {
  const { namespace } = fixture();
  const keys = [...texts, 'k'.repeat(10_000), `${'k'.repeat(10_000)}x`];
  for (const key of keys) expect(await namespace.set(key, key)).toBe(true);
  expect(keys.map((key) => namespace.readSync(key)?.value)).toEqual(keys);
});

test('every kind and scope works, and shows in the name', async () => {
  const { cache } = fixture();
  const namespaces = texts
    .filter((text) => text !== '' && !text.includes(':'))
    .map((text) => cache.namespace({ kind: text, scope: [text, 'x'], policy }));
  for (const [index, namespace] of namespaces.entries()) await namespace.set('key', index);
  expect(namespaces.map((namespace) => namespace.readSync('key')?.value)).toEqual([...namespaces.keys()]);
  const found = (await cache.stats()).namespaces.filter(({ entries }) => entries === 1);
  expect(found.map(({ name }) => name).toSorted()).toEqual(namespaces.map(({ name }) => name).toSorted());
});

test('the name on the disk is that of the layout', async () => {
  const { cache, directory } = fixture();
  const namespace = cache.namespace({ kind: 'vm_status', scope: ['AzurePublic', 'a@b.c'], policy });
  await namespace.set('VM/1', 1);
  expect(onlyEntry(directory)).toBe(`${directory}/v1/%41zure%50ublic/a%40b%2ec/@vm_status/%56%4d%2f1.json`);
  expect(namespace.name).toBe('vm_status:AzurePublic/a@b.c');
});

test.each([
  ['an empty kind', '', []],
  ['a kind with a colon', 'a:b', []],
  ['an empty part of a scope', 'a', ['b', '']],
  ['a part too long for a directory', 'a', ['b'.repeat(201)]],
])('%s is refused', (_, kind, scope) => {
  const { cache } = fixture();
  expect(() => cache.namespace({ kind, scope, policy })).toThrow(expect.objectContaining({ code: 'ERR_INVALID_NAME' }));
});
