import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { ended, startChild } from './support/child-process.ts';
import { useTemporaryDirectory } from './support/temporary-directory.ts';

const directory = useTemporaryDirectory();

test('8 processes that set 50 names each at once: 400 names are there', async () => {
  const path = join(directory.path, 'config', 'names.toml');
  const prefixes = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const children = prefixes.map((prefix) => startChild('set-many-names.mjs', path, prefix, '50'));
  expect(await Promise.all(children.map(ended))).toEqual(prefixes.map(() => 0));
  const wanted = prefixes.flatMap((prefix) =>
    Array.from({ length: 50 }, (_, index) => [`${prefix}-${index}`, `/value/${prefix}/${index}`]),
  );
  expect({ ...parse(readFileSync(path, 'utf8')) }).toEqual(Object.fromEntries(wanted));
  expect(readdirSync(join(directory.path, 'config'))).toEqual(['names.toml']);
  expect(existsSync(`${path}.lock`)).toBe(false);
});
