import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { requestKinds } from '../src/server/request-kind.ts';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

test('the example runs as it is written, and prints what it says', async () => {
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', example], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  expect(stdout.trim().split('\n')).toEqual(['web-01', 'api-01', 'db-01', '2 calls']);
});

test('every kind of request is named', () => {
  for (const kind of requestKinds) expect(readme).toContain(`\`${kind}\``);
});
