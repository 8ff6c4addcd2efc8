import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench, resultIn } from '../support/bench.ts';
import { folder, suiteText } from '../support/folder.ts';

const note = (name: string): string => `appendFileSync('log', '${name}:' + process.pid + ' ')`;
const operation = `{ name: 'op', operation: () => 1, beforeRound: () => ${note('op')} }`;
const whole = `{ name: 'whole', whole: async () => { ${note('whole')}; return { seconds: 1 }; } }`;

interface Launched {
  /** In order, how often each process took part in what. */
  readonly parts: [string, number][];
  /** As the result says. */
  readonly launches: readonly number[];
}

/** Runs comparisons of seven rounds. */
async function launched(comparisons: string, ...flags: readonly string[]): Promise<Launched> {
  const cwd = folder({ log: '', 'benchmarks/s.bench.mjs': suiteText(comparisons) });
  const { exitCode } = await bench(cwd, 'run', '--output', 'r.json', ...flags);
  expect(exitCode).toBe(0);
  const times = new Map<string, number>();
  for (const entry of readFileSync(join(cwd, 'log'), 'utf8').trim().split(' '))
    times.set(entry, (times.get(entry) ?? 0) + 1);
  const { benchmarks } = resultIn(cwd, 'r.json');
  for (const { rounds } of benchmarks) expect(rounds).toHaveLength(7);
  return {
    parts: [...times].map(([entry, count]) => [entry.split(':')[0]!, count]),
    launches: benchmarks.map(({ launches }) => launches),
  };
}

// The first call, two trials, up to two rounds that warm up: then those that count.
const before = { one: 4, more: 5 };

test('the rounds of operations are spread over five processes, those of whole sides are in one', async () => {
  const { parts, launches } = await launched(
    `{ name: 'a', rounds: 7, sides: [${operation}] }, { name: 'b', rounds: 7, sides: [${whole}] }`,
  );
  expect(launches).toEqual([5, 1]);
  expect(parts).toEqual([
    ['op', before.one + 1],
    ['whole', 9],
    ['op', before.one + 1],
    ['op', before.more + 2],
    ['op', before.one + 1],
    ['op', before.more + 2],
  ]);
});

test('a comparison may say in how many', async () => {
  const once = await launched(`{ name: 'a', rounds: 7, launches: 1, sides: [${operation}] }`);
  expect(once).toEqual({ launches: [1], parts: [['op', before.more + 7]] });
  const twice = await launched(`{ name: 'a', rounds: 7, launches: 2, sides: [${whole}] }`);
  expect(twice).toEqual({
    launches: [2],
    parts: [
      ['whole', 5],
      ['whole', 6],
    ],
  });
});

test('profiles are of one process', async () => {
  const profiled = await launched(`{ name: 'a', rounds: 7, sides: [${operation}] }`, '--cpu-prof');
  expect(profiled).toEqual({ launches: [1], parts: [['op', before.more + 7]] });
});

test('a comparison that fails in a later process has no results; the others go on', async () => {
  const cwd = folder({
    log: '',
    'benchmarks/s.bench.mjs': suiteText(
      `{ name: 'bad', rounds: 5, sides: [{ name: 'op', operation: () => { if (launch === 3) throw new Error('third time'); } }] },
       { name: 'good', rounds: 5, sides: [{ name: 'op', operation: () => 1 }] }`,
      `appendFileSync('log', 'x'); const launch = readFileSync('log', 'utf8').length;`,
    ),
  });
  const { exitCode, stderr } = await bench(cwd, 'run', '--output', 'r.json');
  expect(exitCode).toBe(1);
  expect(stderr.match(/failed/g)).toEqual(['failed']);
  expect(stderr).toContain('s failed: third time\n');
  const { benchmarks } = resultIn(cwd, 'r.json');
  expect(benchmarks.map(({ benchmark, rounds }) => [benchmark, rounds.length])).toEqual([['s/good/op', 5]]);
});
