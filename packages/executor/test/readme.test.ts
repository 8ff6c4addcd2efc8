import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const readme = await readFile(join(root, 'README.md'), 'utf8');
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code as string);
let consumer = '';

beforeAll(async () => {
  consumer = await mkdtemp(join(tmpdir(), 'azfleet-executor-readme-'));
  await mkdir(join(consumer, 'node_modules/@azfleet'), { recursive: true });
  await symlink(root, join(consumer, 'node_modules/@azfleet/executor'), 'junction');
});

afterAll(() => rm(consumer, { recursive: true, force: true }));

async function runExample(place: number): Promise<{ stdout: string; stderr: string }> {
  const file = join(consumer, `example-${place}.mts`);
  await writeFile(file, examples[place] as string);
  return run(process.execPath, ['--experimental-strip-types', '--no-warnings', file]);
}

test('the first example checks fifty hosts, one of which is down', async () => {
  const { stdout, stderr } = await runExample(0);
  expect(stdout.match(/^vm-\d+ \d+ ms$/gm)).toHaveLength(49);
  expect(stderr).toMatch(/^vm-13 failed Error: down/);
});

test('the second is throttled once', async () => {
  expect((await runExample(1)).stdout).toBe('[] 2\n');
});

test('the third remembers', async () => {
  expect((await runExample(2)).stdout).toBe('64\n');
});
