import {
  chmodSync,
  chownSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isRoot } from './support/as-someone.ts';
import { counting, fixture, onlyEntry } from './support/fixture.ts';

type Damage = (path: string) => void;

function edit(change: (header: Record<string, unknown>, body: string) => string): Damage {
  return (path) => {
    const [line = '', body = ''] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, change(JSON.parse(line) as Record<string, unknown>, body));
  };
}

const withHeader = (fields: Record<string, unknown>): Damage =>
  edit((header, body) => `${JSON.stringify({ ...header, ...fields })}\n${body}`);

const corrupt: [string, Damage][] = [
  ['empty', (path) => truncateSync(path, 0)],
  ['cut in its header', (path) => truncateSync(path, 20)],
  ['cut in its value', (path) => truncateSync(path, readFileSync(path).length - 1)],
  ['with something after its end', (path) => writeFileSync(path, `${readFileSync(path, 'utf8')} `)],
  ['full of zeros, as after a power cut', (path) => writeFileSync(path, Buffer.alloc(readFileSync(path).length))],
  ['of random bytes', (path) => writeFileSync(path, Buffer.from([0xff, 0xfe, 10, 0x80, 0x81]))],
  [
    'with a value that does not parse',
    edit((header) => `${JSON.stringify(header)}\n${'['.repeat(Number(header.bytes))}`),
  ],
  ['of another format', withHeader({ format: 2 })],
  ['without a time', withHeader({ fetchedAt: null })],
  ['with a time that is none', withHeader({ fetchedAt: 'now' })],
  ['without its limits', withHeader({ policy: null })],
  ['with odd limits', withHeader({ policy: { freshMs: 'long' } })],
  ['with an odd ETag', withHeader({ etag: 1 })],
  ['with a header that is a list', edit((_, body) => `[]\n${body}`)],
  ['with a header that is null', edit((_, body) => `null\n${body}`)],
];

const untrusted: [string, Damage][] = [
  ['a symbolic link', (path) => (renameSync(path, `${path}.real`), symlinkSync(`${path}.real`, path))],
  ['writable by others', (path) => chmodSync(path, 0o666)],
  ['writable by the group', (path) => chmodSync(path, 0o620)],
  ['a directory', (path) => (rmSync(path), mkdirSync(path))],
  ['too large', (path) => truncateSync(path, 2 * 1024 * 1024)],
  ['somebody else’s', giveToSomebodyElse],
];

/** Root gives the file away; anybody else puts a file of root's there, or at least one that everybody can write. */
function giveToSomebodyElse(path: string): void {
  if (isRoot) {
    chownSync(path, 65_534, 65_534);
    return;
  }
  rmSync(path);
  try {
    linkSync('/etc/passwd', path);
  } catch {
    copyFileSync('/etc/passwd', path);
    chmodSync(path, 0o666);
  }
}

describe.each([
  ...corrupt.map(([name, damage]) => ({ name, damage, code: 'corrupt-entry' })),
  ...untrusted.map(([name, damage]) => ({ name, damage, code: 'untrusted-entry' })),
])('an entry that is $name', ({ name, damage, code }) => {
  test('is a miss, reported once, and replaced by the next answer', async () => {
    const { namespace, warnings, directory, cache } = fixture({ maxBytes: 1024 * 1024 });
    await namespace.set('fleet', ['vm-1', 'vm-2'], { etag: 'x' });
    const path = onlyEntry(directory);
    damage(path);

    expect(namespace.readSync('fleet')).toBeUndefined();
    expect(await namespace.get('fleet')).toBeUndefined();
    const loader = counting();
    expect(await namespace.fetch('fleet', loader)).toMatchObject({ value: 1, source: 'origin' });
    expect(warnings).toMatchObject([{ code }]);
    expect((await cache.stats()).warnings[code as 'corrupt-entry']).toBeGreaterThan(1);

    // Nothing can be renamed over a directory.
    const replaced = name === 'a directory' ? undefined : 1;
    expect(namespace.readSync('fleet')?.value).toBe(replaced);
    await cache.clear();
    await cache.sweep();
  });
});

test('a link in place of an entry is replaced, and what it led to stays as it is', async () => {
  const { namespace, directory } = fixture();
  await namespace.set('fleet', 1);
  const path = onlyEntry(directory);
  const victim = join(dirname(directory), 'victim');
  writeFileSync(victim, 'precious');
  rmSync(path);
  symlinkSync(victim, path);
  await namespace.set('fleet', 2);
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  expect(namespace.readSync('fleet')?.value).toBe(2);
});

test('another key’s entry under the name is a miss and nothing to report', async () => {
  const { namespace, directory, warnings } = fixture();
  await namespace.set('one', 1);
  const path = onlyEntry(directory);
  copyFileSync(path, path.replace('one', 'two'));
  expect(namespace.readSync('two')).toBeUndefined();
  expect(warnings).toEqual([]);
});

describe('a generation file that is not to be trusted', () => {
  test.each<[string, Damage]>([
    ['a link', (path) => symlinkSync('/etc/passwd', path)],
    ['writable by others', (path) => (writeFileSync(path, ''), chmodSync(path, 0o666))],
    ['a directory', (path) => mkdirSync(path)],
  ])('(%s) makes the namespace empty, and says so', async (_, damage) => {
    const { namespace, directory, warnings } = fixture();
    await namespace.set('fleet', 1);
    damage(join(dirname(onlyEntry(directory)), '.generation'));
    expect(namespace.readSync('fleet')).toBeUndefined();
    expect(await namespace.set('fleet', 2)).toBe(false);
    expect(await namespace.fetch('fleet', counting())).toMatchObject({ value: 1, source: 'origin' });
    await namespace.invalidate();
    expect(namespace.readSync('fleet')).toBeUndefined();
    expect(warnings).toMatchObject([{ code: 'untrusted-entry' }]);
  });
});
