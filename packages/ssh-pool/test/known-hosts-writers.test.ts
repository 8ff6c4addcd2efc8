import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { hostKeyOf } from '../src/host-keys/host-key.ts';
import { HostKeyStore } from '../src/host-keys/host-key-store.ts';
import { Home } from './support/home.ts';
import { makeKey } from './support/keys.ts';

const run = promisify(execFile);
const key = makeKey();
const hostKey = hostKeyOf(Buffer.from(key.publicKey, 'base64'));
const other = makeKey();
const otherKey = hostKeyOf(Buffer.from(other.publicKey, 'base64'));

test('several processes that add at once lose nothing, and add nothing twice', async () => {
  const home = new Home();
  const file = home.file('own/known_hosts');
  const store = new URL('../src/host-keys/host-key-store.ts', import.meta.url).href;
  const program = home.write(
    'program.mjs',
    `
    import { HostKeyStore } from ${JSON.stringify(store)};
    const [, , own] = process.argv;
    const store = new HostKeyStore();
    const hostKey = ${JSON.stringify(hostKey)};
    const names = Array.from({ length: 25 }, (_, index) => own + '-' + index).concat('shared-1', 'shared-2');
    for (const name of names) await store.add({ file: ${JSON.stringify(file)}, name, hostKey });
  `,
  );
  const flags = ['--experimental-strip-types', '--no-warnings', program];
  await Promise.all(['a', 'b', 'c', 'd'].map((name) => run(process.execPath, [...flags, name])));
  const lines = home.read('own/known_hosts').trimEnd().split('\n');
  expect(lines.every((line) => line.endsWith(` ${hostKey.type} ${hostKey.key}`))).toBe(true);
  const names = lines.map((line) => line.split(' ')[0]);
  const expected = ['a', 'b', 'c', 'd'].flatMap((name) => Array.from({ length: 25 }, (_, index) => `${name}-${index}`));
  expect(names.length).toBe(102);
  expect(new Set(names)).toEqual(new Set([...expected, 'shared-1', 'shared-2']));
});

test('what is added at once is one append', async () => {
  const home = new Home();
  const file = home.write('known_hosts', 'old.example.com ssh-ed25519 AAAA');
  const store = new HostKeyStore();
  const outcomes = await Promise.all(['a', 'b', 'a'].map((name) => store.add({ file, name, hostKey })));
  expect(outcomes.map(({ kind }) => kind)).toEqual(['added', 'added', 'present']);
  const line = `${hostKey.type} ${hostKey.key}`;
  expect(home.read('known_hosts')).toBe(`old.example.com ssh-ed25519 AAAA\na ${line}\nb ${line}\n`);
});

test('a second key for a name is a conflict', async () => {
  const home = new Home();
  const file = home.file('known_hosts');
  const store = new HostKeyStore();
  await store.add({ file, name: 'a', hostKey });
  expect(await store.add({ file, name: 'a', hostKey: otherKey })).toEqual({
    kind: 'conflict',
    type: hostKey.type,
    key: hostKey.key,
    line: 1,
  });
  expect(home.read('known_hosts')).toBe(`a ${hostKey.type} ${hostKey.key}\n`);
});

test('a file that cannot be written fails with the cause, and the key holds in memory', async () => {
  const home = new Home();
  const file = home.file('known_hosts');
  mkdirSync(file);
  const store = new HostKeyStore();
  expect(await store.add({ file, name: 'a', hostKey })).toMatchObject({ kind: 'failed', cause: { code: 'EISDIR' } });
  expect(store.unsavedKey(file, 'a')).toBe(hostKey);
  expect(store.unsavedKey(file, 'b')).toBeUndefined();
});
