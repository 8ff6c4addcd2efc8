import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { benchProcess } from '../support/bench.ts';
import { folder } from '../support/folder.ts';

const shipped = join(import.meta.dirname, '../../dist/suites');
const sources = join(import.meta.dirname, '../../../../benchmarks');
const suitesIn = (directory: string): string[] =>
  readdirSync(directory).flatMap((file) => /^(.+)\.bench\.[mc]?[jt]s$/.exec(file)?.[1] ?? []);

test('every suite of the repository is in the package', () => {
  expect(suitesIn(shipped)).toEqual(suitesIn(sources));
});

test('what a shipped file imports by path is shipped too, and is JavaScript', () => {
  for (const entry of readdirSync(shipped, { recursive: true, encoding: 'utf8' })) {
    if (!/\.[mc]?[jt]s$/.test(entry)) continue;
    expect(entry).not.toMatch(/ts$/);
    const file = join(shipped, entry);
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
      const target = join(dirname(file), specifier!);
      expect(relative(shipped, target), `${entry} imports ${specifier}`).not.toMatch(/^\.\./);
      expect(existsSync(target), `${entry} imports ${specifier}`).toBe(true);
    }
  }
});

test('in a folder without suites these are listed, and each can be loaded', async () => {
  const { exitCode, stdout, stderr } = await benchProcess(folder(), 'list', '--json').ended;
  const { suites } = JSON.parse(stdout) as { suites: { name: string; error: string | null }[] };
  expect(suites.filter(({ error }) => error !== null)).toEqual([]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(suites.map(({ name }) => name)).toEqual(suitesIn(sources));
});
