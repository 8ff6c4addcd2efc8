import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { editConfig, type TomlEdit } from '../src/index.ts';
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
  expect(await edit({ set: ['server', 'port'], value: 5 }, { unset: ['contexts', 'x'] })).toBe(true);
  expect(read()).toBe('# top\n[server]\nhost = "a" # here\nport = 5\n');
  expect(await edit({ set: ['server', 'port'], value: 5 })).toBe(false);
});

test('a new file begins with the text it is given', async () => {
  await editConfig({
    path,
    edits: [{ set: ['default_context'], value: 'a' }],
    schema: async () => schema,
    initialText: '#:schema here\n',
  });
  expect(read()).toBe('#:schema here\ndefault_context = "a"\n');
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

test('a file that was not valid before is told with its places', async () => {
  writeFileSync(path, '[server]\nport = 1\nmode = "x"\n');
  await expect(edit({ set: ['server', 'port'], value: 2 })).rejects.toThrow(`${path}:3:8: server.mode: expected`);
  writeFileSync(path, '[server]\nport = \n');
  await expect(edit({ set: ['server', 'port'], value: 2 })).rejects.toMatchObject({
    message: expect.stringContaining(`${path}:2:`),
    hint: 'Correct the file first.',
  });
});

test('an edit that corrects the file is made, and an unknown key can be unset', async () => {
  writeFileSync(path, '[server]\nport = "x"\nprot = 1\n');
  await edit({ set: ['server', 'port'], value: 2 });
  await edit({ unset: ['server', 'prot'] });
  expect(read()).toBe('[server]\nport = 2\n');
});
