import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli.ts';
import { parseResult } from '../../src/result/read-result.ts';
import { resultIn } from '../support/bench.ts';
import { collectedIo } from '../support/collected-io.ts';
import { counting, folder, suiteText } from '../support/folder.ts';

test('the file is brought up to date between rounds, each time whole, and incomplete until the end', async () => {
  const cwd = folder({
    seen: '',
    'benchmarks/s.bench.mjs': suiteText(
      `{ name: 'c', rounds: 4, sides: [{ name: 'a', whole: async () => {
        if (existsSync('r.json')) appendFileSync('seen', JSON.stringify(JSON.parse(readFileSync('r.json', 'utf8'))) + '\\n');
        return { seconds: 1 };
      } }] }`,
    ),
  });
  let now = 0;
  // Two seconds pass whenever somebody looks.
  const io = { ...collectedIo(cwd, process.env), now: () => (now += 2000) };
  const exitCode = await run(['run', '--output', 'r.json'], io);
  expect(exitCode).toBe(0);
  const seen = readFileSync(join(cwd, 'seen'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => parseResult(line, 'seen'));
  expect(seen.every(({ complete }) => !complete)).toBe(true);
  expect(seen.map(({ benchmarks }) => benchmarks[0]?.rounds.length ?? 0).slice(-4)).toEqual([0, 1, 2, 3]);
  const end = resultIn(cwd, 'r.json');
  expect(end).toMatchObject({ complete: true, suites: [{ suite: 's', status: 'done' }] });
  expect(end.benchmarks[0]!.rounds).toHaveLength(4);
  expect(new Set([...seen, end].map((file) => file.run)).size).toBe(1);
});

test('a file that cannot be written is told before anything is measured', async () => {
  const cwd = folder({
    'no-folder': '',
    'benchmarks/s.bench.mjs': suiteText('', `writeFileSync('loaded', '');`),
  });
  const io = collectedIo(cwd, process.env);
  expect(await run(['run', '--output', 'no-folder/r.json'], io)).toBe(1);
  expect(io.stderr.text).toMatch(/^azfleet-bench: .*no-folder\/r\.json cannot be written: [^\n]*\n$/);
  expect(existsSync(join(cwd, 'loaded'))).toBe(false);
});

test('a file that cannot be written any more at the end: the table is still there', async () => {
  const cwd = folder({
    'benchmarks/s.bench.mjs': suiteText(
      `{ name: 'c', rounds: 2, sides: [${counting}] }`,
      `rmSync('out', { recursive: true }); writeFileSync('out', '');`,
    ).replace('import { join }', "import { rmSync } from 'node:fs';\nimport { join }"),
  });
  const io = collectedIo(cwd, process.env);
  expect(await run(['run', '--output', 'out/r.json'], io)).toBe(1);
  expect(io.stderr.text).toMatch(/\nazfleet-bench: .*r\.json cannot be written: [^\n]*\n$/);
  expect(io.stdout.text).toContain('counting');
});
