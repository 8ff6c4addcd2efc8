import { isDeepStrictEqual } from 'node:util';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { Locator, lineAndColumn } from '../src/toml/locate.ts';
import { scanToml, type TomlPath } from '../src/toml/scan.ts';
import { RandomToml } from './support/random-toml.ts';

function at(value: unknown, path: TomlPath): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

/** Paths of all values that are neither tables nor arrays, which only a key can have set. */
function leaves(value: unknown, path: TomlPath = []): TomlPath[] {
  if (typeof value !== 'object' || value === null || value instanceof Date) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

test('every value of 3,000 random documents is found where it stands, and nothing else is', () => {
  let values = 0;
  const failures: string[] = [];
  for (let seed = 1; seed <= 3000; seed++) {
    const text = new RandomToml(seed).document();
    const data = parse(text);
    const found = new Set<string>();
    for (const node of scanToml(text)) {
      found.add(JSON.stringify(node.path));
      if (node.kind === 'header') continue;
      const parsed = parse(`value = ${text.slice(node.valueStart, node.end)}`)['value'];
      if (!isDeepStrictEqual(parsed, at(data, node.path))) failures.push(`seed ${seed}: ${JSON.stringify(node.path)}`);
      values++;
    }
    for (const path of leaves(data)) {
      if (!found.has(JSON.stringify(path))) failures.push(`seed ${seed}: no ${JSON.stringify(path)}`);
    }
  }
  expect(failures).toEqual([]);
  expect(values).toBeGreaterThan(5000);
});

test.each([
  ['a bare key', 'a = 1\n[t]\n  key = 5', ['t', 'key'], [3, 3], [3, 9]],
  ['a dotted key', 'a.b . "c d" = 5', ['a', 'b', 'c d'], [1, 7], [1, 15]],
  ['the first part of a dotted key', 'a.b = 5', ['a'], [1, 1], [1, 1]],
  ['a table', '[a]\n[a.b.c]\nx = 1', ['a', 'b'], [2, 4], [2, 4]],
  ['a quoted key with an escape', String.raw`"\u00e4" = 5`, ['ä'], [1, 1], [1, 12]],
  ['a literal key', "'a.b' = 5", ['a.b'], [1, 1], [1, 9]],
  ['an inline table', 'p = { q.r = 1, s = [2, 3] }', ['p', 's', 1], [1, 24], [1, 24]],
  ['an inline table over several lines', 'p = {\n  q = 1, # c\n  r = 2,\n}', ['p', 'r'], [3, 3], [3, 7]],
  ['an array of tables', '[[f]]\nn = 1\n[[f]]\nn = 2\n[f.g]\nh = 3', ['f', 1, 'g', 'h'], [6, 1], [6, 5]],
  ['a table of an array', '[[f]]\nn = 1\n[[f]]\nn = 2', ['f', 1], [3, 3], [3, 3]],
  ['after a string of several lines', 'a = """\n"b = 1"\n"""\nb = 2', ['b'], [4, 1], [4, 5]],
  ['with carriage returns', 'a = 1\r\nb = 2\r\n', ['b'], [2, 1], [2, 5]],
  ['after a byte order mark', '\uFEFFa = 1\n', ['a'], [1, 1], [1, 5]],
  ['after wide characters', '"日本" = 1', ['日本'], [1, 1], [1, 8]],
  ['the parent of a key that is missing', '[a]\nb = 1', ['a', 'zz', 'y'], [1, 2], [1, 2]],
  ['nothing at all', '# empty', ['a'], [1, 1], [1, 1]],
] as const)('the place of %s', (_, text, path, key, value) => {
  const locator = new Locator(text);
  const { line, column } = locator.key(path);
  expect([line, column]).toEqual(key);
  const place = locator.value(path);
  expect([place.line, place.column]).toEqual(value);
});

test('an offset in the last line, in an empty line, and at the very end', () => {
  expect(lineAndColumn('ab\n\ncd', 5)).toEqual({ line: 3, column: 2 });
  expect(lineAndColumn('ab\n\ncd', 3)).toEqual({ line: 2, column: 1 });
  expect(lineAndColumn('ab\n', 3)).toEqual({ line: 2, column: 1 });
});

test('the offending text is shortened to one line', () => {
  const text = `a = [\n  ${'"x", '.repeat(50)}\n]`;
  const place = new Locator(text).value(['a']);
  expect(place.text).toHaveLength(60);
  expect(place.text).toMatch(/^\[ "x", .*…$/);
});
