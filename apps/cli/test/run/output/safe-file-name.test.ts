import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { safeFileName } from '../../../src/run/output/safe-file-name.ts';
import { randomFrom, temporaryDirectory } from './support.ts';

test('the names of Azure stay as they are', () => {
  for (const name of ['web-01', 'VM_2', 'a.b.c', 'x'.repeat(64)]) expect(safeFileName(name)).toBe(name);
  expect(safeFileName('group/web-01')).toBe('group~web-01');
});

test('what a file system may not like is spelled out', () => {
  expect(safeFileName('..')).toBe('%2E.');
  expect(safeFileName('../../etc/passwd')).toBe('%2E.~..~etc~passwd');
  expect(safeFileName('.hidden')).toBe('%2Ehidden');
  expect(safeFileName('a:b*c?"<>|\\')).toBe('a%3Ab%2Ac%3F%22%3C%3E%7C%5C');
  expect(safeFileName('é\n\u0000~%')).toBe('%C3%A9%0A%00%7E%25');
});

test('names that Windows keeps for devices', () => {
  expect(['con', 'NUL.x', 'com1', 'console', 'com10'].map(safeFileName)).toEqual([
    '%63on',
    '%4EUL.x',
    '%63om1',
    'console',
    'com10',
  ]);
});

test('different names have different files, and every one can be written', () => {
  const random = randomFrom(9);
  const alphabet = ['a', 'B', '/', '.', '%', '~', ' ', '\\', 'é', '\u0007', '-', '2', 'F'];
  const directory = temporaryDirectory();
  const files = new Map<string, string>();
  for (let round = 0; round < 400; round += 1) {
    const label = Array.from({ length: 1 + random(6) }, () => alphabet[random(alphabet.length)]!).join('');
    const file = safeFileName(label);
    expect(files.get(file) ?? label).toBe(label);
    files.set(file, label);
    writeFileSync(join(directory, `${file}.out`), '');
  }
});

test('a long name is cut and still its own', () => {
  const long = 'é'.repeat(200);
  expect(safeFileName(long)).toHaveLength(240);
  expect(safeFileName(`${long}a`)).not.toBe(safeFileName(`${long}b`));
});
