import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readRecordsSync } from '../src/index.ts';
import { scratch } from './support/scratch.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test('the example in the README runs', () => {
  const [, example] = /```ts\n([^]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  const directory = scratch();
  mkdirSync(join(directory, 'node_modules', '@azfleet'), { recursive: true });
  symlinkSync(root, join(directory, 'node_modules', '@azfleet', 'durable-file'));
  writeFileSync(join(directory, 'example.mjs'), example!);
  for (let run = 0; run < 2; run += 1) execFileSync(process.execPath, ['example.mjs'], { cwd: directory });
  expect(JSON.parse(readFileSync(join(directory, 'state', 'settings.json'), 'utf8'))).toEqual({ runs: 2 });
  expect(readRecordsSync(join(directory, 'state', 'history'))).toHaveLength(2);
});
