import { readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import * as v from 'valibot';
import { ConfigError, formatProblem, type Names, NamesFile, type NamesFileOptions } from '../src/index.ts';
import { machineId, namesOptions } from './support/names.ts';
import { sourcesOf } from './support/sources.ts';
import { useTemporaryDirectory } from './support/temporary-directory.ts';

const directory = useTemporaryDirectory();
let options: NamesFileOptions;

/** A clock by which nothing is young any more. */
const later = {
  now: () => Date.now() + 10_000,
  setTimeout: (callback: () => void, ms: number) => setTimeout(callback, ms),
  clearTimeout: (handle: unknown) => clearTimeout(handle as NodeJS.Timeout),
};

beforeEach(() => {
  options = { ...namesOptions(directory.path), clock: later };
});

test('names are looked up, parsed or compiled, without regard to case', async () => {
  writeFileSync(options.path, `Api = "${machineId(1)}"\nweb-1 = "${machineId(2)}"\n"x" = '/plain'\n`);
  for (const source of ['parsed', 'compiled']) {
    const file = new NamesFile(options);
    expect(await sourcesOf(() => file.load())).toEqual([source]);
    const names = await file.load();
    expect(names.get('api')).toBe(machineId(1));
    expect(names.get('WEB-1')).toBe(machineId(2));
    expect(names.get('x')).toBe('/plain');
    for (const other of ['', 'ap', 'api-', 'pi', 'web-1\t', 'api\t0', '\n', 'constructor']) {
      expect(names.get(other)).toBeUndefined();
    }
    expect([...names.entries()]).toEqual([
      ['Api', machineId(1)],
      ['web-1', machineId(2)],
      ['x', '/plain'],
    ]);
  }
});

test('values of every shape are read whole, parsed or compiled', async () => {
  const values = {
    a: 'plain',
    b: '/x/',
    c: '',
    d: '/ä/日本/ö',
    e: '/ä/日本/x',
    f: 'plain too',
    g: '/x/plain',
    'ä-1': '/ü/x',
  };
  writeFileSync(
    options.path,
    Object.entries(values)
      .map(([name, value]) => `"${name}" = "${value}"\n`)
      .join(''),
  );
  const text = { ...options, schema: async () => v.record(v.string(), v.string()) };
  for (const source of ['parsed', 'compiled']) {
    const file = new NamesFile(text);
    expect(await sourcesOf(() => file.load())).toEqual([source]);
    const names = await file.load();
    expect(Object.fromEntries(names.entries())).toEqual(values);
    for (const [name, value] of Object.entries(values)) expect(names.get(name.toUpperCase())).toBe(value);
    for (const other of ['/x/', 'plain', '', '0', 'a\t0', '/x/\na']) expect(names.get(other)).toBeUndefined();
  }
});

test('a file without names is compiled, too', async () => {
  writeFileSync(options.path, '# none\n');
  for (const source of ['parsed', 'compiled']) {
    const file = new NamesFile(options);
    expect(await sourcesOf(() => file.load())).toEqual([source]);
    const names = await file.load();
    expect([names.isEmpty, [...names.entries()], names.get('a')]).toEqual([true, [], undefined]);
  }
});

test('the names of a value are found without regard to case', async () => {
  writeFileSync(options.path, `b = "/x/VM-1"\na = "/x/vm-1"\nc = "/x/vm-2"\n`);
  const names = await new NamesFile(options).load();
  expect(names.namesOf('/X/vm-1')).toEqual(['b', 'a']);
  expect(names.namesOf('/x/vm-2')).toEqual(['c']);
  expect(names.namesOf('/x/vm-3')).toEqual([]);
});

test('there are no names in a file that is missing', () => {
  const names = new NamesFile(options).load() as Names;
  expect([names.isEmpty, [...names.entries()]]).toEqual([true, []]);
});

test('a running process reads the file again only when it has changed', async () => {
  writeFileSync(options.path, 'a = "/1"\n');
  const file = new NamesFile(options);
  expect(await sourcesOf(() => file.load())).toEqual(['parsed']);
  expect(await sourcesOf(() => file.load())).toEqual(['memory']);
  await file.set('a', '/2');
  expect((await file.load()).get('a')).toBe('/2');
});

test('setting and unsetting keeps comments and order, and tells what was there before', async () => {
  writeFileSync(options.path, '# mine\nb = "/b" # two\na = "/a"\n');
  const file = new NamesFile(options);
  expect(await file.set('c', '/c')).toBeUndefined();
  expect(await file.set('B', '/new')).toBe('/b');
  expect(await file.unset('A')).toBe('/a');
  expect(await file.unset('nobody')).toBeUndefined();
  expect((await file.load()).isEmpty).toBe(false);
  expect(readFileSync(options.path, 'utf8')).toBe('# mine\nb = "/new" # two\nc = "/c"\n');
});

test('a new file begins with the text it is given, and removing a name makes no file', async () => {
  const file = new NamesFile({ ...options, initialText: '#:schema here\n' });
  await file.unset('a');
  expect(() => readFileSync(options.path)).toThrow('ENOENT');
  await file.set('a', '/a');
  expect(readFileSync(options.path, 'utf8')).toBe('#:schema here\na = "/a"\n');
});

test.each(['', 'a b', 'a.b', 'ä', 'x'.repeat(65), 'constructor'])('%j is refused as a name', async (name) => {
  await expect(new NamesFile(options).set(name, '/a')).rejects.toMatchObject({ code: 'CONFIG_INVALID_NAME' });
  expect(() => readFileSync(options.path)).toThrow('ENOENT');
});

test('a value that the schema does not take is refused', async () => {
  await expect(new NamesFile(options).set('a', 'b')).rejects.toThrow('"a": expected a path');
});

test('every problem of a file is told with its place', async () => {
  writeFileSync(options.path, 'a = "/a"\n"b c" = "/b"\nd = 5\ne.f = "/e"\n');
  await expect(new NamesFile(options).load()).rejects.toThrow(
    [
      `${options.path}:2:9: "b c": expected a name of letters, digits, "-" and "_", got "/b"`,
      `${options.path}:3:5: d: expected a path, got 5`,
      `${options.path}:4:1: e: expected a path, got e`,
    ].join('\n'),
  );
  writeFileSync(options.path, 'api = "/a"\nAPI = "/b"\nt = "/x\\ty"\n');
  const error = await Promise.resolve(new NamesFile(options).load()).catch((reason: unknown) => reason);
  expect((error as ConfigError).problems.map(formatProblem)).toEqual([
    `${options.path}:2:1: API: the name is taken: api differs in case only`,
    `${options.path}:3:1: t: expected neither tabs nor line ends`,
  ]);
});

test('a file with problems is not changed', async () => {
  writeFileSync(options.path, 'd = 5\n');
  await expect(new NamesFile(options).set('a', '/a')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  expect(readFileSync(options.path, 'utf8')).toBe('d = 5\n');
});

test('10,000 names', async () => {
  const lines = Array.from({ length: 10_000 }, (_, index) => `name-${index} = "${machineId(index)}"\n`);
  writeFileSync(options.path, lines.join(''));
  await new NamesFile(options).load();
  const names = await new NamesFile(options).load();
  for (let index = 0; index < 10_000; index += 97) {
    expect(names.get(`name-${index}`)).toBe(machineId(index));
    expect(names.namesOf(machineId(index).toUpperCase())).toEqual([`name-${index}`]);
  }
  await new NamesFile(options).set('name-5000', machineId(3));
  expect((await new NamesFile(options).load()).namesOf(machineId(3))).toEqual(['name-3', 'name-5000']);
});
