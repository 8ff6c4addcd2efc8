import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench } from '../support/bench.ts';
import { folder, suiteText } from '../support/folder.ts';

/** A suite whose sides write down who takes a turn, and for which build. */
function recordingSuite(log: string): string {
  const side = (name: string): string =>
    `{ name: '${name}', whole: async () => { appendFileSync(${JSON.stringify(log)}, build + '${name} '); return { seconds: 1 }; } }`;
  return suiteText(
    `{ name: 'turns', rounds: 4, sides: [${side('a')}, ${side('b')}] }`,
    `import { build } from '../build.js';`,
  );
}

test('sides take turns round by round, in the reverse order every second round, after two that warm up', async () => {
  const log = join(folder(), 'log');
  const cwd = folder({
    'package.json': '{}',
    'build.js': "export const build = '';",
    'benchmarks/t.bench.mjs': recordingSuite(log),
  });
  expect((await bench(cwd, 'run')).exitCode).toBe(0);
  expect(readFileSync(log, 'utf8').trim()).toBe('a a b b a b b a a b b a');
});

test('two builds take turns side by side', async () => {
  const log = join(folder(), 'log');
  const [fresh, base] = ['N', 'B'].map((build) =>
    folder({
      'package.json': '{ "name": "root", "type": "module" }',
      'build.js': `export const build = '${build}';`,
      'benchmarks/t.bench.mjs': recordingSuite(log),
    }),
  );
  expect((await bench(fresh!, 'run', '--base', base!)).exitCode).toBe(0);
  expect(readFileSync(log, 'utf8').trim().split(' ').slice(8).join(' ')).toBe(
    'Na Ba Nb Bb Bb Nb Ba Na Na Ba Nb Bb Bb Nb Ba Na',
  );
});
