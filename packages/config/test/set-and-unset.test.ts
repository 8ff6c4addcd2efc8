import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { editConfig, formatProblem, type TomlEdit } from '../src/index.ts';
import { schema } from './support/example.ts';
import { useTemporaryDirectory } from './support/temporary-directory.ts';

const directory = useTemporaryDirectory();
let path: string;
beforeEach(() => {
  path = join(directory.path, 'tool.toml');
});

const edit = (...edits: TomlEdit[]) => editConfig({ path, edits, schema: async () => schema });
const read = () => readFileSync(path, 'utf8');

test('keys are set and unset, and the rest stays', async () => {
  writeFileSync(path, '# top\n[server]\nhost = "a" # here\n\n[contexts.x]\nregion = "r"\n');
  const edited = await edit({ set: ['server', 'port'], value: 5 }, { unset: ['contexts', 'x'] });
  expect(edited).toEqual({ changed: true, remaining: [] });
  expect(read()).toBe('# top\n[server]\nhost = "a" # here\nport = 5\n');
  expect(await edit({ set: ['server', 'port'], value: 5 })).toEqual({ changed: false, remaining: [] });
});

test('a new file begins with the text it is given', async () => {
  await editConfig({
    path,
    edits: [{ set: ['server', 'port'], value: 5 }],
    schema: async () => schema,
    initialText: '#:schema here\n',
  });
  expect(read()).toBe('#:schema here\n\n[server]\nport = 5\n');
});

test.each([
  [['server', 'prot'], 'server.prot: unknown key; did you mean server.port?'],
  [['host'], 'host: unknown key; did you mean server.host?'],
  [['contexts', 'a', 'zone'], 'contexts.a.zone: unknown key'],
] as const)('a key that the schema does not know is refused: %j', async (key, message) => {
  writeFileSync(path, 'server.port = 1\n');
  await expect(edit({ set: key, value: 5 })).rejects.toMatchObject({ code: 'CONFIG_UNKNOWN_KEY', message });
  expect(read()).toBe('server.port = 1\n');
});

test('a value that would not be valid is refused, and the file stays as it was', async () => {
  writeFileSync(path, 'server.port = 1\n');
  await expect(edit({ set: ['server', 'port'], value: 'x' })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: `${path}: server.port: expected a port, got "x"`,
  });
  expect(read()).toBe('server.port = 1\n');
});

test('one key of a file with several mistakes is corrected, and the others are told', async () => {
  writeFileSync(path, '[server]\nport = "x"\nmode = "x"\nsecure = 5\n');
  const edited = await edit({ set: ['server', 'port'], value: 2 });
  expect(edited.remaining.map(formatProblem)).toEqual([
    `${path}:3:8: server.mode: expected "fast" or "careful", got "x"`,
    `${path}:4:10: server.secure: expected true or false, got 5`,
  ]);
  expect((await edit({ unset: ['server', 'mode'] })).remaining).toHaveLength(1);
  // Its line changes with the edit: it is the same problem.
  expect((await edit({ unset: ['server', 'port'] })).remaining).toHaveLength(1);
  expect((await edit({ set: ['server', 'secure'], value: true })).remaining).toEqual([]);
  expect(read()).toBe('[server]\nsecure = true\n');
});

test('an edit that adds a mistake to a file with others is refused, with what it adds alone', async () => {
  const text = '[server]\nport = "x"\nmode = "x"\n';
  writeFileSync(path, text);
  const message = `${path}: server.secure: expected true or false, got 5`;
  await expect(edit({ set: ['server', 'secure'], value: 5 })).rejects.toMatchObject({ message });
  await expect(edit({ set: ['server', 'mode'], value: 'x' })).rejects.toThrow('server.mode: expected "fast"');
  expect(read()).toBe(text);
});

test('a file that is not TOML is told with its places and what to do about it', async () => {
  writeFileSync(path, '[server]\nport = \n');
  await expect(edit({ set: ['server', 'port'], value: 2 })).rejects.toMatchObject({
    message: expect.stringContaining(`${path}:2:`),
    hint: 'Correct the file first.',
  });
  const edits = [{ unset: ['server', 'port'] }];
  const own = editConfig({ path, edits, schema: async () => schema, brokenHint: 'Use the editor.' });
  await expect(own).rejects.toMatchObject({ hint: 'Use the editor.' });
  expect(read()).toBe('[server]\nport = \n');
});

test('to unset what neither the file nor the schema knows is refused, with the nearest key', async () => {
  writeFileSync(path, '[server]\nport = 1\n');
  await expect(edit({ unset: ['server', 'prot'] })).rejects.toMatchObject({
    code: 'CONFIG_UNKNOWN_KEY',
    message: 'server.prot: unknown key; did you mean server.port?',
  });
  expect(await edit({ unset: ['server', 'host'] })).toEqual({ changed: false, remaining: [] });
});

test('an edit that corrects the file is made, and an unknown key can be unset', async () => {
  writeFileSync(path, '[server]\nport = "x"\nprot = 1\n');
  await edit({ set: ['server', 'port'], value: 2 });
  await edit({ unset: ['server', 'prot'] });
  expect(read()).toBe('[server]\nport = 2\n');
});
