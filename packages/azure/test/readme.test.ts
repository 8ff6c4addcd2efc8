import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

it('shows an example that runs: four calls, then none', () => {
  const root = resolve(import.meta.dirname, '..');
  const [, example = ''] = /```ts\n([^]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  const directory = mkdtempSync(join(tmpdir(), 'azfleet-azure-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, 'node_modules', '@azfleet'), { recursive: true });
  for (const name of ['azure', 'azure-sim', 'cache']) {
    symlinkSync(resolve(root, '..', name), join(directory, 'node_modules', '@azfleet', name), 'junction');
  }
  writeFileSync(join(directory, 'example.mjs'), example);
  const output = execFileSync(process.execPath, ['example.mjs'], { cwd: directory, encoding: 'utf8' });
  expect(output).toMatch(
    /^cold: 100 machines in 4 calls, \d+ are running\nwarm: 100 machines in 0 calls, \d+ are running\n$/,
  );
});
