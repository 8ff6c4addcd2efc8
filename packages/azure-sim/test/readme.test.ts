import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { requestKinds } from '../src/server/request-kind.ts';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, example = '']) => example);

test.each([
  [examples[0] ?? '', ['web-01', 'api-01', 'db-01', '2 calls']],
  [examples[1] ?? '', ['ssh-ed25519', 'web-01']],
])('example %# runs as it is written, and prints what it says', async (example, output) => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', example], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  expect(stdout.trim().split('\n')).toEqual(output);
});

test('every kind of request is named', () => {
  for (const kind of requestKinds) expect(readme).toContain(`\`${kind}\``);
});
