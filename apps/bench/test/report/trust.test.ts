import { expect, test } from 'vitest';
import { type ReportInput, viewOf } from '../../src/report/view-of.ts';
import { type MadeUp, resultFile } from '../support/result-files.ts';

const benchmarks: MadeUp[] = [
  { name: 'sums/small/ours', seconds: 0.01, against: 'theirs' },
  { name: 'sums/small/theirs', seconds: 0.012 },
];

function trust(input: ReportInput): string[] {
  return viewOf(input).trust.map(({ kind, text }) => `${kind}: ${text}`);
}

const now = resultFile(benchmarks);
const base = resultFile(benchmarks, { seed: 2, build: { name: 'base', commit: 'a81d03b' } });

test('two builds measured in turn', () => {
  const lines = trust({ now, base });
  expect(lines).toContain('good: The two builds took turns, round by round: what the machine did meanwhile hit both.');
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^good: The intervals hold for all 2 comparisons together, at 95 %: of 20 such reports, one has/,
    ),
  );
  expect(lines).toContainEqual(
    expect.stringMatching(/^good: A change of 10 % would be found in every benchmark, one of \d\.\d % in half of them/),
  );
});

test('a base of another run, elsewhere', () => {
  const elsewhere = { ...now.environment, cpu: 'Xeon', versions: { ...now.environment.versions, azfleet: '1.1.0' } };
  const lines = trust({ now, base: resultFile(benchmarks, { run: 'run-0', environment: elsewhere }) });
  expect(lines[0]).toBe('bad: Different cpu: Xeon for the base, AMD EPYC 7763 now.');
  expect(lines).toContain('note: Different azfleet: 1.1.0 for the base, 1.2.0 now.');
  expect(lines).toContainEqual(expect.stringMatching(/^note: The base is of another run.*\(1 of 2 benchmarks\)/));
});

test('no base: what to do to get one', () => {
  expect(trust({ now })).toContainEqual(expect.stringMatching(/^note: Nothing to compare with: .*`run --base DIR`/));
});

test('what failed, what was interrupted, and what the base had and this has not', () => {
  const suites = [
    { suite: 'sums', status: 'failed', error: 'out of memory' },
    { suite: 'cache', status: 'interrupted', error: null },
  ] as const;
  const lines = trust({ now: { ...now, complete: false, suites, benchmarks: now.benchmarks.slice(1) }, base });
  expect(lines.slice(0, 3)).toEqual([
    'bad: sums failed: out of memory.',
    'bad: Interrupted in cache: what came after it was not measured.',
    'bad: 1 benchmark of the base was not measured: sums/small/ours.',
  ]);
});

test('a run that is not complete, and nobody says why', () => {
  expect(trust({ now: { ...now, complete: false } })[0]).toBe(
    'bad: The run is not complete: some of it was not measured.',
  );
});

test('a run that goes on is not called incomplete', () => {
  const running = {
    ...now,
    complete: false,
    benchmarks: now.benchmarks.map((one) => ({ ...one, detectable_change: null })),
  };
  const lines = trust({ now: running, running: true });
  expect(lines).toContainEqual(expect.stringMatching(/^note: The run goes on/));
  expect(lines.filter((line) => line.startsWith('bad'))).toEqual([]);
});

test('too noisy or too short', () => {
  const noisy = [{ name: 'sums/small/ours', seconds: 0.01, spread: 0.6 }];
  expect(trust({ now: resultFile(noisy) })[0]).toMatch(/^bad: A change of \d+ % or more would be found\./);
  expect(trust({ now: resultFile([{ name: 'sums/small/ours', seconds: 0.01, rounds: 3 }]) })[0]).toBe(
    'bad: Too few rounds to tell how small a change would be found.',
  );
});

test('peers that were not there, changes that are not committed', () => {
  const missing = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
    benchmark: `sums/small/${name}`,
    reason: 'not installed',
  }));
  const lines = trust({ now: { ...now, missing, build: { name: 'new', commit: '4f2c9e1+' } } });
  expect(lines).toContainEqual(
    expect.stringContaining('a (not installed), b (not installed), c (not installed), d (not installed) and 1 more'),
  );
  expect(lines).toContain('note: new has changes that are not committed.');
});

test('what is not compared, and why', () => {
  const short = resultFile([{ name: 'sums/small/ours', seconds: 0.01, rounds: 2 }]);
  expect(trust({ now: short, base: short })).toContain('note: Not compared, too few rounds: sums/small/ours.');
  expect(trust({ now, base: resultFile(benchmarks, { run: 'run-0' }) })).toContain(
    'note: Not compared, no peer was measured along: sums/small/theirs.',
  );
});

test('an unfinished file does not tell what would be found, and that is not called too few rounds', () => {
  const unfinished = {
    ...now,
    complete: false,
    benchmarks: now.benchmarks.map((one) => Object.assign({}, one, { detectable_change: null })),
  };
  expect(trust({ now: unfinished })).toEqual(expect.not.arrayContaining([expect.stringContaining('Too few rounds')]));
});
