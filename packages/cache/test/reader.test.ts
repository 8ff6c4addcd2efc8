import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Cache } from '../src/index.ts';
import { openReader } from '../src/reader.ts';

const namespace = { kind: 'vm_list', scope: ['a', 'b'], policy: { freshMs: 1000, staleIfErrorMs: 5000 } };
let now = 1_000_000;
const clock = { now: () => now, setTimeout: () => 0, clearTimeout: () => {} };

function open() {
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-reader-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const options = { directory, maxBytes: 1_000_000, clock };
  const written = new Cache(options).namespace(namespace);
  return { directory, written, read: () => openReader(options).namespace(namespace) };
}

test('it reads what a cache has kept, as the cache would', async () => {
  const { written, read } = open();
  await written.set('k', { a: [1, 'zwei'] });
  now += 2000;
  expect(read().readSync('k')).toEqual(written.readSync('k'));
  expect(read().readSync('k')).toMatchObject({ value: { a: [1, 'zwei'] }, ageMs: 2000, freshness: 'stale-if-error' });
  expect(read().name).toBe(written.name);
});

test('what is not there, was invalidated or is damaged is a miss', async () => {
  const { written, read, directory } = open();
  expect(read().readSync('k')).toBeUndefined();
  await written.set('k', 1);
  expect(read().readSync('k')).toBeDefined();
  await written.invalidate();
  expect(read().readSync('k')).toBeUndefined();
  expect(read().generationSync()).toBe(written.generationSync());
  await written.set('k', 2);
  truncateSync(join(directory, 'v1/a/b/@vm_list/k.json'), 20);
  expect(read().readSync('k')).toBeUndefined();
});
