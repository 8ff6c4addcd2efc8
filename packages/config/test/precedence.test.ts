import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ConfigRequest, Configuration, type LoadedConfig, locateKey } from '../src/index.ts';
import { definition, type Values } from './support/example.ts';
import { useTemporaryDirectory } from './support/temporary-directory.ts';

const directory = useTemporaryDirectory();

const text = `default_context = "work"
[server]
host = "file"
port = 1
timeout = "1h30m"
[contexts.work]
region = "north"
server.port = 2
[contexts."at home".server]
host = "home"
`;

async function load(request: Partial<ConfigRequest<Values>> = {}, content = text): Promise<LoadedConfig<Values>> {
  const path = join(directory.path, 'tool.toml');
  writeFileSync(path, content);
  return await new Configuration(definition).load({ path, env: {}, ...request });
}

test('a context stands over the file, the file over the defaults', async () => {
  const config = await load();
  expect(config.values).toEqual({
    region: 'north',
    'server.host': 'file',
    'server.port': 2,
    'server.timeout': 5_400_000,
    'server.ports': {},
  });
  expect(config).toMatchObject({ context: 'work', contexts: ['work', 'at home'] });
});

test('the environment stands over a context, unless it is empty', async () => {
  expect((await load({ env: { TOOL_PORT: '3' } })).values['server.port']).toBe(3);
  expect((await load({ env: { TOOL_PORT: '' } })).values['server.port']).toBe(2);
});

test('a variable that is only a default stands below the file', async () => {
  const weak = {
    ...definition,
    environment: { 'server.port': { variable: 'TOOL_PORT', parse: Number, asDefault: true } },
  };
  const path = join(directory.path, 'tool.toml');
  const request = { path, env: { TOOL_PORT: '3' } };
  const { values, origins } = await new Configuration(weak).load(request);
  expect([values['server.port'], origins['server.port']]).toEqual([
    3,
    { source: 'environment', variable: 'TOOL_PORT' },
  ]);
  writeFileSync(path, 'server.port = 1');
  expect((await new Configuration(weak).load(request)).values['server.port']).toBe(1);
});

test('a flag stands over the environment, unless it was not given', async () => {
  const { values } = await load({ env: { TOOL_PORT: '3' }, overrides: { 'server.port': 4, region: undefined } });
  expect(values).toMatchObject({ 'server.port': 4, region: 'north' });
});

test('each value tells where it came from, and the file where it says so', async () => {
  const { origins, path } = await load({ env: { TOOL_PORT: '3' }, overrides: { 'server.ports': {} } });
  expect(origins).toEqual({
    region: { source: 'context', context: 'work', path: ['contexts', 'work', 'region'] },
    'server.host': { source: 'file', path: ['server', 'host'] },
    'server.port': { source: 'environment', variable: 'TOOL_PORT' },
    'server.timeout': { source: 'file', path: ['server', 'timeout'] },
    'server.ports': { source: 'flag' },
  });
  expect((await load({}, '')).origins.region).toEqual({ source: 'default' });
  await load();
  expect(locateKey(path, ['contexts', 'work', 'server', 'port'])).toEqual({ line: 8, column: 8 });
  expect(locateKey(path, ['server', 'zone'])).toBeUndefined();
});

test('a flag chooses the context, else the variable, else the file', async () => {
  const env = { TOOL_CONTEXT: 'work' };
  expect((await load({ env, context: 'at home' })).values['server.host']).toBe('home');
  expect((await load({ env: { TOOL_CONTEXT: 'at home' } })).context).toBe('at home');
  expect((await load({ env: { TOOL_CONTEXT: '' } })).context).toBe('work');
  expect((await load({}, '[contexts.work]\n')).context).toBeUndefined();
});

test.each([
  ['a flag', { context: 'wrok' }, '--context: no context named "wrok"; did you mean "work"?'],
  [
    'the variable',
    { env: { TOOL_CONTEXT: 'at hom' } },
    '$TOOL_CONTEXT: no context named "at hom"; did you mean "at home"?',
  ],
  ['a word like no other', { context: 'zzz' }, '--context: no context named "zzz"; known: work, "at home"'],
  [
    "a name that only JavaScript's objects have",
    { context: 'constructor' },
    '--context: no context named "constructor"; known: work, "at home"',
  ],
] as const)('an unknown context in %s is refused with the nearest name', async (_, request, message) => {
  await expect(load(request)).rejects.toMatchObject({ code: 'CONFIG_UNKNOWN_CONTEXT', message });
});

test('an unknown context in the file is refused', async () => {
  const path = join(directory.path, 'tool.toml');
  await expect(load({}, 'default_context = "x"')).rejects.toThrow(
    `${path}:1: default_context: no context named "x"; there is none`,
  );
});

test('no context at all can be asked for, even where the file names one that is not there', async () => {
  const config = await load(
    { context: null, env: { TOOL_CONTEXT: 'zzz' } },
    'default_context = "x"\ncontexts.a = {}\n',
  );
  expect(config).toMatchObject({ context: undefined, contexts: ['a'] });
});
