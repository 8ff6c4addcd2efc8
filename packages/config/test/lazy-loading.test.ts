import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import { Configuration, NamesFile } from '../src/index.ts';
import { useTemporaryDirectory } from './support/temporary-directory.ts';

const directory = useTemporaryDirectory();
const packageRoot = fileURLToPath(new URL('..', import.meta.url));

/** Installs the built package without its TOML parser and without valibot: to load either is an error there. */
beforeEach(() => {
  const modules = join(directory.path, 'node_modules', '@azfleet');
  const durableFile = dirname(createRequire(import.meta.url).resolve('@azfleet/durable-file/package.json'));
  for (const [name, root] of Object.entries({ config: packageRoot, 'durable-file': durableFile })) {
    mkdirSync(join(modules, name), { recursive: true });
    cpSync(join(root, 'dist'), join(modules, name, 'dist'), { recursive: true });
    cpSync(join(root, 'package.json'), join(modules, name, 'package.json'));
  }
});

function run(script: string): string {
  const path = join(directory.path, 'script.mjs');
  writeFileSync(path, `import { Configuration, NamesFile } from '@azfleet/config';\n${script}`);
  const { stdout, stderr } = spawnSync(process.execPath, [path], { encoding: 'utf8' });
  return stdout + stderr;
}

const definition = `{
  defaults: { 'server.port': 80 },
  schema: () => import('valibot'),
  revision: '1',
  clock: { now: () => Date.now() + 10_000 },
}`;

test('a missing file, and a compiled one, are loaded without TOML parser and schema', async () => {
  const path = join(directory.path, 'tool.toml');
  const request = { path, env: {}, compiledDirectory: join(directory.path, 'cache') };
  const script = `const { values } = new Configuration(${definition}).load(${JSON.stringify(request)});
    console.log(values['server.port']);`;
  expect(run(script)).toBe('80\n');
  writeFileSync(path, '[server]\nport = 5\n');
  const v = await import('valibot');
  const schema = async () => v.object({ server: v.object({ port: v.number() }) });
  const clock = { now: () => Date.now() + 10_000 };
  await new Configuration({ defaults: { 'server.port': 80 }, schema, revision: '1', clock }).load(request);
  expect(run(script)).toBe('5\n');
  writeFileSync(path, '[server]\nport = 6\n');
  expect(run(`await ${script.slice(script.indexOf('new'))}`)).toContain('ERR_MODULE_NOT_FOUND');
});

test('compiled names are looked up without TOML parser and schema', async () => {
  const path = join(directory.path, 'names.toml');
  const compiledDirectory = join(directory.path, 'cache');
  writeFileSync(path, 'a = "/a"\n');
  const v = await import('valibot');
  const clock = { now: () => Date.now() + 10_000, setTimeout, clearTimeout: (): void => undefined };
  const schema = async () => v.record(v.string(), v.string());
  await new NamesFile({ path, compiledDirectory, schema, revision: '1', clock }).load();
  const options = `{ ...${definition}, path: ${JSON.stringify(path)}, compiledDirectory: ${JSON.stringify(compiledDirectory)} }`;
  expect(run(`console.log(new NamesFile(${options}).load().get('a'));`)).toBe('/a\n');
});
