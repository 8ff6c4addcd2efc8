import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/commands/run.ts';
import { benchProcess } from '../support/bench.ts';
import { folder } from '../support/folder.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const blocks = [...readme.matchAll(/```ts\n([^]*?)```/g)].map(([, block]) => block!);

test('the suite of the README runs, and the program reads its result', async () => {
  const [suite, program] = blocks;
  const cwd = folder({ 'benchmarks/parse.bench.ts': suite! });
  const { exitCode } = await benchProcess(cwd, 'run', '--rounds', '2', '--output', 'new.json').ended;
  expect(exitCode).toBe(0);
  // As it is installed.
  const index = new URL('../../dist/result/index.js', import.meta.url).href;
  const script = program!.replace("'@azfleet/bench/result'", JSON.stringify(index));
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd, encoding: 'utf8' });
  expect(
    printed
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual(['parse/numbers/parse-int', 'parse/numbers/number', 'parse/start-up/node-e-0']);
});

test('it tells every flag of run', () => {
  for (const flag of Object.keys(run.flags)) expect(readme).toContain(`--${flag}`);
});
