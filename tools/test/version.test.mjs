import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addBundleRelease } from '../version.mjs';

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'azfleet-version-test-'));
  mkdirSync(join(root, '.changeset'));
  write('apps/cli/package.json', {
    name: 'azfleet',
    version: '1.0.0',
    devDependencies: { '@azfleet/cache': 'workspace:^' },
  });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a release of a bundled package releases the CLI', () => {
  expect(addBundleRelease(root, [{ name: '@azfleet/cache', type: 'minor' }])).toEqual(['@azfleet/cache']);
  expect(readFileSync(join(root, '.changeset/bundled-packages.md'), 'utf8')).toContain('"azfleet": patch');
});

test('nothing is added where the CLI is released anyway, or contains none of it', () => {
  const cache = { name: '@azfleet/cache', type: 'patch' };
  expect(addBundleRelease(root, [cache, { name: 'azfleet', type: 'minor' }])).toEqual([]);
  expect(addBundleRelease(root, [{ name: '@azfleet/bench', type: 'minor' }])).toEqual([]);
  expect(addBundleRelease(root, [{ ...cache, type: 'none' }])).toEqual([]);
  expect(existsSync(join(root, '.changeset/bundled-packages.md'))).toBe(false);
});

test('with the real changesets, the packed versions say so', () => {
  const repository = join(import.meta.dirname, '../..');
  write('package.json', { name: 'root', private: true, packageManager: 'pnpm@12.21.0' });
  writeFileSync(join(root, 'pnpm-workspace.yaml'), 'packages: [packages/*, apps/*]\npmOnFail: ignore\n');
  write('packages/cache/package.json', { name: '@azfleet/cache', version: '1.0.0' });
  writeFileSync(join(root, '.changeset/config.json'), readFileSync(join(repository, '.changeset/config.json')));
  writeFileSync(join(root, '.changeset/some-change.md'), '---\n"@azfleet/cache": minor\n---\n\nFaster.\n');
  const bin = join(repository, 'node_modules/.bin');
  const git = (...args) => execFileSync('git', args, { cwd: root, stdio: 'ignore' });
  git('init', '--initial-branch=main');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--allow-empty', '-m', 'start');
  execFileSync(process.execPath, [join(repository, 'tools/version.mjs'), root], {
    cwd: root,
    stdio: 'pipe',
    env: { ...process.env, PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}` },
  });
  expect(read('packages/cache/package.json').version).toBe('1.1.0');
  expect(read('apps/cli/package.json').version).toBe('1.0.1');
  expect(readFileSync(join(root, 'apps/cli/CHANGELOG.md'), 'utf8')).toContain('@azfleet/cache');
});

function write(path, content) {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), JSON.stringify(content));
}

function read(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
