import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { Configuration, editConfig, type TomlEdit, validateConfig } from '../src/index.ts';
import { definition, schema } from './support/example.ts';
import { useTemporaryDirectory } from './support/temporary-directory.ts';

const directory = useTemporaryDirectory();
let path: string;
beforeEach(() => {
  path = join(directory.path, 'tool.toml');
});

const check = async () => await validateConfig({ path, schema: async () => schema });
const edit = async (...edits: TomlEdit[]) => await editConfig({ path, edits, schema: async () => schema });

test.each([
  ['with the nearest one', '[contexts.work]\n[contexts.home]\n', 'did you mean "work"?'],
  ['with all, where none is near', '[contexts.abc]\n[contexts."x y"]\n', 'known: abc, "x y"'],
  ['where there is none', '', 'there is none'],
])('a default context that is not there is a problem, %s', async (_, contexts, help) => {
  writeFileSync(path, `# mine\ndefault_context = "wrok"\n${contexts}`);
  await expect(check()).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: `${path}:2:19: default_context: no context named "wrok"; ${help}`,
  });
});

test('it is told beside the other problems of the file, and with its unknown keys', async () => {
  writeFileSync(path, 'default_context = "a"\n[server]\nport = "x"\nprot = 1\nhost = "open\n[contexts.b.server]\n');
  await expect(check()).rejects.toMatchObject({
    problems: [
      { line: 1, key: 'default_context' },
      { line: 3, key: 'server.port' },
      { line: 4, key: 'server.prot', nearest: 'server.port' },
      { line: 5, key: '' },
    ],
  });
});

test.each(['contexts = 5', 'default_context = 5', 'contexts = 5\ndefault_context = "a"'])(
  'of %j the types are the problem',
  async (text) => {
    writeFileSync(path, text);
    await expect(check()).rejects.toThrow(/expected a (?:table|string|record|.*Record)/i);
  },
);

test('an edit that names none of the contexts, or removes the one in use, is refused', async () => {
  const text = 'default_context = "work"\n[contexts.work]\nregion = "r"\n';
  writeFileSync(path, text);
  const message = `${path}: default_context: no context named "wrk"; did you mean "work"?`;
  await expect(edit({ set: ['default_context'], value: 'wrk' })).rejects.toMatchObject({ message });
  await expect(edit({ unset: ['contexts', 'work'] })).rejects.toThrow('no context named "work"; there is none');
  expect(readFileSync(path, 'utf8')).toBe(text);
  await edit({ unset: ['contexts', 'work'] }, { unset: ['default_context'] });
  await edit({ set: ['default_context'], value: 'new' }, { set: ['contexts', 'new', 'region'], value: 'r' });
  expect(await check()).toEqual([]);
});

test('a wrong default context does not hinder other edits, but may not be set again', async () => {
  writeFileSync(path, 'default_context = "nope"\n');
  const { remaining } = await edit({ set: ['contexts', 'work', 'region'], value: 'r' });
  expect(remaining).toMatchObject([{ key: 'default_context', line: 1 }]);
  await expect(edit({ set: ['default_context'], value: 'nope' })).rejects.toThrow('no context named "nope"');
  expect((await edit({ set: ['default_context'], value: 'work' })).remaining).toEqual([]);
});

test('a load that needs it tells the line, also from the compiled file', async () => {
  writeFileSync(path, '# mine\ndefault_context = "wrok"\n[contexts.work]\nregion = "r"\n');
  const request = { path, env: {}, compiledDirectory: join(directory.path, 'cache') };
  // A clock that is ahead: the file is old enough to be kept.
  const clock = { now: () => Date.now() + 10_000 };
  const load = async (context?: string) =>
    await new Configuration({ ...definition, clock }).load({ ...request, context });
  const expected = { code: 'CONFIG_UNKNOWN_CONTEXT', hint: undefined };
  const message = `${path}:2: default_context: no context named "wrok"; did you mean "work"?`;
  await expect(load()).rejects.toMatchObject({ ...expected, message });
  await expect(load()).rejects.toMatchObject({ ...expected, message });
  expect((await load('work')).values.region).toBe('r');
  await expect(load('workk')).rejects.toThrow('--context: no context named "workk"; did you mean "work"?');
});
