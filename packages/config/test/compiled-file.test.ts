import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import * as v from 'valibot';
import { type ConfigDefinition, type ConfigRequest, Configuration, formatProblem } from '../src/index.ts';
import { definition, type Values } from './support/example.ts';
import { sourcesOf } from './support/sources.ts';
import { useTemporaryDirectory } from './support/temporary-directory.ts';

const directory = useTemporaryDirectory();
let request: ConfigRequest<Values>;

/** A time at which nothing that was written by now is young any more. */
const later = { now: () => Date.now() + 10_000 };

/** As a new process would load. */
function load(more: Partial<ConfigDefinition<Values>> = {}) {
  return new Configuration<Values>({ ...definition, clock: later, ...more }).load(request);
}

function compiledFiles(): string[] {
  return readdirSync(join(directory.path, 'cache')).map((name) => join(directory.path, 'cache', name));
}

beforeEach(() => {
  const path = join(directory.path, 'tool.toml');
  request = { path, env: {}, compiledDirectory: join(directory.path, 'cache') };
  writeFileSync(path, '[server]\nport = 7\ntimeout = "5m"\nprot = 1\n');
});

test('a file is parsed once, and the next process has the same values and warnings at once', async () => {
  const parsed = load();
  expect(parsed).toBeInstanceOf(Promise);
  const first = await parsed;
  expect(await sourcesOf(() => expect(load()).toEqual(first))).toEqual(['compiled']);
  expect(first.values).toMatchObject({ 'server.port': 7, 'server.timeout': 300_000 });
  expect(first.warnings.map(formatProblem)).toEqual([
    `${request.path}:4:1: server.prot: unknown key; did you mean server.port?`,
  ]);
});

test('one object reads the file again only when it has changed', async () => {
  const configuration = new Configuration({ ...definition, clock: later });
  expect(await sourcesOf(() => configuration.load(request))).toEqual(['parsed']);
  expect(await sourcesOf(() => configuration.load(request))).toEqual(['memory']);
  writeFileSync(request.path, '[server]\nport = 8\n');
  expect((await configuration.load(request)).values['server.port']).toBe(8);
  rmSync(request.path);
  expect(await sourcesOf(() => configuration.load(request))).toEqual(['none']);
});

test.skipIf(process.platform === 'win32')('what is kept is only for its owner', async () => {
  await load();
  expect(statSync(join(directory.path, 'cache')).mode & 0o777).toBe(0o700);
  expect(compiledFiles().map((file) => statSync(file).mode & 0o777)).toEqual([0o600]);
});

test('a file that changed just now is not kept: the next change might not show', async () => {
  const clock = { now: () => statSync(request.path).ctimeMs + 49 };
  await load({ clock });
  expect(() => compiledFiles()).toThrow('ENOENT');
  expect(await sourcesOf(() => load({ clock }))).toEqual(['parsed']);
  const configuration = new Configuration({ ...definition, clock });
  await configuration.load(request);
  expect(await sourcesOf(() => configuration.load(request))).toEqual(['parsed']);
});

test('times in the future are never trusted', async () => {
  utimesSync(request.path, Date.now() / 1000 + 3600, Date.now() / 1000 + 3600);
  await load();
  expect(await sourcesOf(() => load())).toEqual(['parsed']);
});

test('a new revision of the schema makes what was kept void', async () => {
  await load();
  expect(await sourcesOf(() => load({ revision: '2' }))).toEqual(['parsed']);
  expect(await sourcesOf(() => load({ revision: '2' }))).toEqual(['compiled']);
});

test.each([
  ['is cut off in its head', (text: string) => text.slice(0, 20)],
  ['is empty', () => ''],
  ['ends too early', (text: string) => text.slice(0, -10)],
  ['holds something else', (text: string) => text.replace(/\n\{.*/, '\n{"values":{}}')],
  ['is damaged in the middle', (text: string) => text.replace('{"values"', '{{{{{{{{{')],
  ['is for another state', (text: string) => text.replace(/\d+\.\d+\./, '1.1.')],
] as const)('a compiled file that %s is made anew', async (_, damage) => {
  const first = await load();
  for (const file of compiledFiles()) writeFileSync(file, damage(readFileSync(file, 'utf8')));
  expect(await sourcesOf(async () => expect(await load()).toEqual(first))).toEqual(['parsed']);
  expect(await sourcesOf(() => load())).toEqual(['compiled']);
});

test.skipIf(process.platform === 'win32')(
  'a file that anybody may write warns from its compiled form, until it is mended',
  async () => {
    const unsafe = expect.objectContaining({ message: expect.stringContaining('chmod o-w') });
    chmodSync(request.path, 0o666);
    for (const source of ['parsed', 'compiled']) {
      expect(await sourcesOf(async () => expect((await load()).warnings).toContainEqual(unsafe))).toEqual([source]);
    }
    chmodSync(request.path, 0o644);
    expect(await sourcesOf(async () => expect((await load()).warnings).not.toContainEqual(unsafe))).toEqual(['parsed']);
  },
);

test.skipIf(process.platform === 'win32')('a compiled file that others could have written is not read', async () => {
  await load();
  for (const file of compiledFiles()) chmodSync(file, 0o666);
  expect(await sourcesOf(() => load())).toEqual(['parsed']);
  const [file = ''] = compiledFiles();
  const aside = join(directory.path, 'aside');
  writeFileSync(aside, readFileSync(file), { mode: 0o600 });
  rmSync(file);
  symlinkSync(aside, file);
  expect(await sourcesOf(() => load())).toEqual(['parsed']);
});

test('a cache directory that cannot be made costs the caching only', async () => {
  writeFileSync(join(directory.path, 'cache'), 'a file');
  expect((await load()).values['server.port']).toBe(7);
  expect(await sourcesOf(() => load())).toEqual(['parsed']);
});

test('values that JSON cannot hold are not kept', async () => {
  writeFileSync(request.path, 'when = 2020-01-01\nmost = inf\n');
  const schema = v.object({ when: v.date(), most: v.number() });
  const dated = { defaults: { when: new Date(0), most: 0 }, schema: async () => schema, revision: '1', clock: later };
  for (let process = 0; process < 2; process++) {
    const { values } = await new Configuration(dated).load({ ...request, overrides: {} });
    expect(values.when).toBeInstanceOf(Date);
    expect(values.most).toBe(Number.POSITIVE_INFINITY);
  }
});

test('files of many paths take a bounded number of places', async () => {
  for (let index = 0; index < 40; index++) {
    mkdirSync(join(directory.path, String(index)));
    request = { ...request, path: join(directory.path, String(index), 'tool.toml') };
    writeFileSync(request.path, `server.port = ${index + 1}`);
    expect((await load()).values['server.port']).toBe(index + 1);
    expect((await load()).values['server.port']).toBe(index + 1);
  }
  expect(compiledFiles().length).toBeLessThanOrEqual(16);
});
