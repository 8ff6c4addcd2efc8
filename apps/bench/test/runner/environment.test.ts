import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkoutOf, commitOf, environmentFacts } from '../../src/runner/environment.ts';
import { version } from '../../src/version.ts';
import { folder } from '../support/folder.ts';

function git(cwd: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  return execFileSync('git', [...identity, ...args], { cwd, encoding: 'utf8' }).trim();
}

test('a build is known by its commit, with a plus sign where something is not committed', async () => {
  const root = folder({ 'a.txt': 'one', 'benchmarks/b.txt': 'two' });
  git(root, 'init', '--quiet');
  git(root, 'add', '.');
  git(root, 'commit', '--quiet', '--message', 'first');
  const commit = git(root, 'rev-parse', 'HEAD');
  expect(await commitOf(join(root, 'benchmarks'))).toBe(commit);
  writeFileSync(join(root, 'a.txt'), 'changed');
  expect(await commitOf(join(root, 'benchmarks'))).toBe(`${commit}+`);
  expect(await checkoutOf(join(root, 'benchmarks'))).toBe(root);
});

test('where there is no checkout there is no commit', async () => {
  const root = folder();
  mkdirSync(join(root, 'benchmarks'));
  expect(await commitOf(join(root, 'benchmarks'))).toBeNull();
  expect(await checkoutOf(root)).toBeUndefined();
});

test('what the times depend on', () => {
  expect(environmentFacts()).toEqual({
    node: process.version,
    platform: process.platform,
    arch: process.arch,
    cpu: expect.any(String),
    cpus: expect.any(Number),
    memory_mb: expect.any(Number),
    versions: { '@azfleet/bench': version(), tinybench: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
  });
});
