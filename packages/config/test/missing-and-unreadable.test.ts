import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { Configuration, editConfig, formatProblem, NamesFile, validateConfig } from '../src/index.ts';
import { definition } from './support/example.ts';
import { useTemporaryDirectory } from './support/temporary-directory.ts';

const directory = useTemporaryDirectory();
const load = (path: string) => new Configuration(definition).load({ path, env: {} });

test('a file that is missing is an empty one, at once', () => {
  const config = load(join(directory.path, 'no', 'tool.toml'));
  expect(config).toMatchObject({ values: definition.defaults, context: undefined, contexts: [], warnings: [] });
});

test('a file below something that is no directory is missing', () => {
  writeFileSync(join(directory.path, 'file'), '');
  expect(load(join(directory.path, 'file', 'tool.toml'))).toMatchObject({ values: definition.defaults });
});

test('an empty file is an empty one', async () => {
  const path = join(directory.path, 'tool.toml');
  writeFileSync(path, '');
  expect(await load(path)).toMatchObject({ values: definition.defaults, warnings: [] });
});

test('a directory is refused in one line', () => {
  const path = join(directory.path, 'tool.toml');
  mkdirSync(path);
  expect(() => load(path)).toThrow(`${path}: cannot be read: it is a directory`);
});

test.skipIf(process.platform === 'win32')('a pipe is refused, and not waited for', async () => {
  const path = join(directory.path, 'tool.toml');
  expect(spawnSync('mkfifo', [path]).status).toBe(0);
  const message = `${path}: cannot be read: it is not a regular file`;
  expect(() => load(path)).toThrow(message);
  const names = new NamesFile({ path, schema: async () => v.record(v.string(), v.string()), revision: '1' });
  expect(() => names.load()).toThrow(message);
  const schema = definition.schema;
  await expect(validateConfig({ path, schema })).rejects.toMatchObject({ code: 'CONFIG_UNREADABLE', message });
  await expect(editConfig({ path, schema, edits: [{ unset: ['server'] }] })).rejects.toThrow(message);
});

test('a file that is no text is refused in one line', async () => {
  const path = join(directory.path, 'tool.toml');
  writeFileSync(path, Uint8Array.of(0x61, 0x3d, 0xff, 0xfe));
  await expect(load(path)).rejects.toThrow(`${path}: cannot be read: it is not UTF-8 text`);
});

test('links in a circle are refused in one line', () => {
  const path = join(directory.path, 'tool.toml');
  symlinkSync(path, path);
  expect(() => load(path)).toThrow(`${path}: cannot be read: its symbolic links lead in a circle`);
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a file without permission is refused',
  async () => {
    const path = join(directory.path, 'tool.toml');
    writeFileSync(path, '', { mode: 0 });
    await expect(load(path)).rejects.toThrow(`${path}: cannot be read: permission denied`);
  },
);

test.skipIf(process.platform === 'win32')('a device that holds nothing is an empty file', async () => {
  expect(await load('/dev/null')).toMatchObject({ values: definition.defaults, warnings: [] });
});

test.skipIf(process.platform === 'win32')('a file that anybody may write warns, and only that one', async () => {
  const path = join(directory.path, 'tool.toml');
  writeFileSync(path, '');
  chmodSync(path, 0o664);
  expect((await load(path)).warnings).toEqual([]);
  chmodSync(path, 0o666);
  expect((await load(path)).warnings.map(formatProblem)).toEqual([
    `${path}: every user of this machine can change this file; run: chmod o-w ${path}`,
  ]);
});
