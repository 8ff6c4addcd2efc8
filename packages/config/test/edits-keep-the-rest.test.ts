import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { editToml, type TomlEdit } from '../src/toml/edit.ts';
import { type TomlEntry, scanToml } from '../src/toml/scan.ts';
import { RandomToml, randomNumbers } from './support/random-toml.ts';

const values = ['text', 'with "quotes"\nand \u007F', 7, 1.5, true, ['a', 'b'], [], { x: 1, 'y z': ['n'] }] as const;

/** Keys that an edit can name: not those in arrays. */
function keysOf(text: string): string[][] {
  return scanToml(text)
    .filter((node): node is TomlEntry => node.kind === 'entry')
    .map((node) => node.path)
    .filter((path): path is string[] => path.every((part) => typeof part === 'string'));
}

/** A key that is there, one beside it, one below a new table beside it, or a wholly new one. */
function somePath(text: string, random: (limit: number) => number, toml: RandomToml): string[] {
  const known = keysOf(text);
  const path = known[random(Math.max(1, known.length))] ?? ['new'];
  const kind = random(5);
  if (kind < 2) return path;
  if (kind === 2) return [...path.slice(0, -1), `new ${toml.name()}`];
  if (kind === 3) return [...path.slice(0, -1), 'new', `sub.${toml.name()}`, 'key'];
  return ['fresh', toml.name(), 'key'].slice(random(3));
}

function linesOf(text: string): string[] {
  return text
    .replace('\uFEFF', '')
    .split('\n')
    .map((line) => line.trimEnd());
}

/** What is wrong with an edit that was made; nothing, if all is well. */
function wrongs(before: string, after: string, path: readonly string[]): string[] {
  const entry = scanToml(before).find(
    (node) => node.kind === 'entry' && node.path.every((part, index) => part === path[index]),
  );
  const touched = entry === undefined ? 1 : before.slice(entry.start, entry.end).split('\n').length;
  const left = new Set(linesOf(after));
  const lost = linesOf(before).filter((line) => line !== '' && !left.has(line));
  const wrongs: string[] = [];
  if (lost.length > touched) wrongs.push(`lost ${JSON.stringify(lost)}`);
  if (after.startsWith('\uFEFF') !== before.startsWith('\uFEFF')) wrongs.push('byte order mark');
  if (before.includes('\r\n') && after.replaceAll('\r\n', '').includes('\n')) wrongs.push('line ends');
  return wrongs;
}

// editToml itself parses its result and compares it with what it ought to hold: here no edit may fail that check.
test('4,000 random edits of random documents come out right and leave all other lines alone', () => {
  const failures: string[] = [];
  for (let seed = 1; seed <= 4000; seed++) {
    const toml = new RandomToml(seed);
    const random = randomNumbers(seed * 7919);
    const before = toml.document();
    const path = somePath(before, random, toml);
    const edit: TomlEdit =
      random(3) > 0 ? { set: path, value: values[random(values.length)] as never } : { unset: path };
    try {
      failures.push(...wrongs(before, editToml(before, [edit]), path).map((wrong) => `seed ${seed}: ${wrong}`));
    } catch (error) {
      failures.push(`seed ${seed}: ${String(error)}`);
    }
  }
  expect(failures).toEqual([]);
});

test('setting a key and removing it again gives the text back', () => {
  const text = '# top\na = 1 # one\n\n[t] # table\n  b = "x"\n\n# about u\n[u]\nc = { d = 1 }\n';
  for (const path of [['new'], ['t', 'new'], ['u', 'c', 'new'], ['u', 'new']]) {
    const edited = editToml(text, [{ set: path, value: 5 }]);
    expect(edited).not.toBe(text);
    expect(editToml(edited, [{ unset: path }])).toBe(text);
  }
});

test.each([
  ['replaces a value where it stands', 'a  =  1   # one\n', ['a'], 'a  =  2   # one\n'],
  [
    'adds after the last key of the table, with its indent',
    '[t]\n\tb = 1 # x\n# end\n[u]\n',
    ['t', 'c'],
    '[t]\n\tb = 1 # x\n\tc = 2\n# end\n[u]\n',
  ],
  ['adds to a table that is empty', '[t] # x\n\n[u]\n', ['t', 'c'], '[t] # x\nc = 2\n\n[u]\n'],
  ['adds to an inline table', 't = { b = 1 } # x\n', ['t', 'c'], 't = { b = 1, c = 2 } # x\n'],
  ['adds to an empty inline table', 't = {}\n', ['t', 'c'], 't = { c = 2 }\n'],
  ['adds below an inline table', 't = { b = 1 }\n', ['t', 'c', 'd'], 't = { b = 1, c.d = 2 }\n'],
  ['adds beside dotted keys', 't.b = 1\nx = 1\n', ['t', 'c'], 't.b = 1\nt.c = 2\nx = 1\n'],
  ['adds beside deeper dotted keys', '[t]\nu.v.w = 1\n', ['t', 'u', 'v', 'x'], '[t]\nu.v.w = 1\nu.v.x = 2\n'],
  ['adds a table that only its children named', '[t.u]\nb = 1\n', ['t', 'c'], '[t.u]\nb = 1\n\n[t]\nc = 2\n'],
  ['adds a table after its family', '[t]\nb = 1\n\n[u]\n', ['t', 'n', 'c'], '[t]\nb = 1\n\n[t.n]\nc = 2\n\n[u]\n'],
  ['adds a table at the end', 'b = 1', ['t', 'c'], 'b = 1\n\n[t]\nc = 2\n'],
  ['adds to an empty text', '', ['t', 'c'], '[t]\nc = 2\n'],
  ['adds after the comment at the top', '#:schema x\n# mine\n\n[t]\n', ['c'], '#:schema x\n# mine\nc = 2\n\n[t]\n'],
  ['adds before a table and its comment', '# about t\n[t]\n', ['c'], 'c = 2\n\n# about t\n[t]\n'],
  ['adds after a schema line', '#:schema x\n[t]\n', ['c'], '#:schema x\nc = 2\n\n[t]\n'],
  ['adds after a comment without a line end', '# mine', ['c'], '# mine\nc = 2\n'],
  ['keeps carriage returns', 'a = 1\r\n[t]\r\n', ['b'], 'a = 1\r\nb = 2\r\n[t]\r\n'],
  ['keeps a byte order mark', '\uFEFF[t]\n', ['b'], '\uFEFFb = 2\n\n[t]\n'],
  ['adds to a text without a line end', 'a = 1', ['b'], 'a = 1\nb = 2'],
  ['quotes a key that needs it', '[t]\nb = 1\n', ['t', 'c d.é'], '[t]\nb = 1\n"c d.é" = 2\n'],
] as const)('set %s', (_, before, path, after) => {
  expect(editToml(before, [{ set: path, value: 2 }])).toBe(after);
});

test.each([
  ['a line with its comment', 'a = 1 # one\nb = 2\n', ['a'], 'b = 2\n'],
  ['a value of several lines', 'a = [\n 1, # x\n]\nb = 2\n', ['a'], 'b = 2\n'],
  ['the last line', 'b = 2\na = 1', ['a'], 'b = 2\n'],
  ['the first member of an inline table', 't = { a = 1, b = 2 }\n', ['t', 'a'], 't = { b = 2 }\n'],
  ['the last member of an inline table', 't = { b = 2, a = 1 }\n', ['t', 'a'], 't = { b = 2 }\n'],
  ['the only member of an inline table', 't = { a = 1 }\n', ['t', 'a'], 't = {}\n'],
  [
    'a line of an inline table',
    't = { # x\n  a = 1, # a\n  # b\n  b = 2,\n}\n',
    ['t', 'a'],
    't = { # x\n  # b\n  b = 2,\n}\n',
  ],
  ['a table with its children, wherever they are', '[t]\na = 1\n\n[u]\nb = 1\n\n[t.v]\nc = 1\n', ['t'], '[u]\nb = 1\n'],
  ['a table between others', '[s]\n\n[t]\na = 1\n# in t\nb = 1\n\n# about u\n[u]\n', ['t'], '[s]\n\n# about u\n[u]\n'],
  ['a table made by dotted keys', 't.a = 1\nx = 1\nt.b = 2\n', ['t'], 'x = 1\n'],
  ['an array of tables', '[[t]]\na = 1\n[[t]]\na = 2\n', ['t'], ''],
  ['nothing', 'a = 1\n', ['b', 'c'], 'a = 1\n'],
] as const)('unset removes %s', (_, before, path, after) => {
  expect(editToml(before, [{ unset: path }])).toBe(after);
});

test('a key under a value that is no table is refused', () => {
  expect(() => editToml('a = 1\n', [{ set: ['a', 'b'], value: 2 }])).toThrow('a is not a table');
  expect(() => editToml('[[a]]\nb = 1\n', [{ set: ['a', 'b'], value: 2 }])).toThrow('cannot be changed in place');
});

test('what would not come out right is refused, not written', () => {
  // A lone surrogate cannot be written in TOML.
  expect(() => editToml('a = 1\n', [{ set: ['a'], value: '\uD800' }])).toThrow('a: cannot be changed in place');
});

test('several edits are one', () => {
  const edited = editToml('a = 1\n', [
    { set: ['t', 'x'], value: 1 },
    { set: ['t', 'y'], value: Number.POSITIVE_INFINITY },
    { unset: ['a'] },
  ]);
  expect(parse(edited)).toEqual({ t: { x: 1, y: Number.POSITIVE_INFINITY } });
});
