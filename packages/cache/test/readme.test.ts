import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { scratch } from './support/scratch.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test('the example in the README runs, asking again after it has invalidated', () => {
  const [, example] = /```ts\n([^]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  const directory = scratch();
  mkdirSync(join(directory, 'node_modules', '@azfleet'), { recursive: true });
  symlinkSync(root, join(directory, 'node_modules', '@azfleet', 'cache'));
  writeFileSync(join(directory, 'example.mjs'), example!);
  for (let run = 0; run < 2; run += 1) {
    const output = execFileSync(process.execPath, ['example.mjs'], { cwd: directory, encoding: 'utf8' });
    expect(output).toMatch(/^1 origin \d+ ms old\n$/);
  }
});
