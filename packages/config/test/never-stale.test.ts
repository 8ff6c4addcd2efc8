import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as v from 'valibot';
import { Configuration, type LoadEvent, NamesFile } from '../src/index.ts';
import { definition } from './support/example.ts';
import { ways } from './support/never-stale.ts';
import { sourcesOf } from './support/sources.ts';
import { useTemporaryDirectory } from './support/temporary-directory.ts';

const directory = useTemporaryDirectory();

/** Loads until the file is old enough for its state to be kept, which takes some 50 ms of real time. */
async function loadUntilKept(load: () => unknown): Promise<LoadEvent['from'][]> {
  for (;;) {
    const [source] = await sourcesOf(load);
    if (source === 'compiled' || source === 'memory') return [source];
  }
}

test('2,000 changes of the same size, many of them in the same millisecond: never a stale value', async () => {
  const request = {
    path: join(directory.path, 'tool.toml'),
    env: {},
    compiledDirectory: join(directory.path, 'cache'),
  };
  const running = new Configuration(definition);
  const kept: string[] = [];
  const stale: string[] = [];
  writeFileSync(request.path, 'server.port = 1000\n');
  for (let change = 1001; change <= 3000; change++) {
    const way = ways[change % ways.length] as (typeof ways)[number];
    way(request.path, `server.port = ${change}\n`);
    const values = [running, new Configuration(definition)].map(async (configuration) => configuration.load(request));
    for (const { values: loaded } of await Promise.all(values)) {
      if (loaded['server.port'] !== change) stale.push(`${way.name}: ${loaded['server.port']} instead of ${change}`);
    }
    // Now and then, let the file be kept, so that the next change meets a value that could be stale.
    if (change % 41 === 0) {
      kept.push(...(await loadUntilKept(() => running.load(request))));
      kept.push(...(await loadUntilKept(() => new Configuration(definition).load(request))));
    }
  }
  expect(stale).toEqual([]);
  expect(kept.filter((source) => source === 'memory')).toHaveLength(49);
  expect(kept.filter((source) => source === 'compiled')).toHaveLength(49);
});

test('names: 300 changes, never a stale one', async () => {
  const options = {
    path: join(directory.path, 'names.toml'),
    schema: async () => v.record(v.string(), v.string()),
    revision: '1',
    compiledDirectory: join(directory.path, 'cache'),
  };
  const running = new NamesFile(options);
  writeFileSync(options.path, 'name = "1000"\n');
  for (let change = 1001; change <= 1300; change++) {
    ways[change % ways.length]?.(options.path, `name = "${change}"\n`);
    expect((await running.load()).get('name')).toBe(String(change));
    expect((await new NamesFile(options).load()).get('name')).toBe(String(change));
    if (change % 29 === 0) {
      await loadUntilKept(() => running.load());
      await loadUntilKept(() => new NamesFile(options).load());
    }
  }
});
