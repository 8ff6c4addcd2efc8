import { expect, test } from 'vitest';
import { compareResults } from '../../src/compare/compare.ts';
import { viewOf } from '../../src/report/view-of.ts';
import { fleetHistory, smallHistory, smallRun } from '../support/fleet-results.ts';
import { resultFile } from '../support/result-files.ts';

test('changes are those of the comparison, to the last digit', () => {
  const { now, base } = smallRun();
  const compared = new Map(compareResults(base, now).benchmarks.map((one) => [one.benchmark, one.time]));
  for (const { benchmark, change, detectableChange } of viewOf({ now, base }).benchmarks) {
    const { ratio, low, high, verdict, detectableChange: detectable } = compared.get(benchmark)!;
    expect(change).toEqual({ ratio, low, high, verdict, peer: null });
    expect(detectableChange).toBe(detectable);
  }
});

test('counts that are equal are left out, others say whether they are worse', () => {
  const { now, base } = smallRun();
  const counts = new Map(viewOf({ now, base }).benchmarks.map((one) => [one.benchmark, one.counts]));
  expect(counts.get('start-up/list-1000/azfleet')).toEqual([]);
  expect(counts.get('workflow/working-hour/azfleet')).toContainEqual({
    count: 'calls',
    before: 14,
    now: 12,
    change: 'better',
  });
});

test('of different runs the ratios to the peer are compared, and what has none says so', () => {
  const old = smallHistory()[0]!;
  const { now } = smallRun();
  const view = viewOf({ now, base: old });
  const [azfleet, node] = view.benchmarks;
  expect(view.paired).toBe(false);
  expect(azfleet?.change?.peer).toEqual({
    against: 'start-up/list-1000/node-e-0',
    before: expect.closeTo(1.27, 1),
    now: expect.closeTo(1.43, 1),
  });
  expect(node).toMatchObject({ change: null, notCompared: 'no peer was measured along' });
});

test('a benchmark that the base has not', () => {
  const { now, base } = smallRun();
  const [first] = viewOf({ now, base: { ...base, benchmarks: base.benchmarks.slice(1) } }).benchmarks;
  expect(first).toMatchObject({ before: null, change: null, notCompared: null, counts: [] });
});

test('history: oldest first, the reported run last, gaps where a run has no such benchmark', () => {
  const history = fleetHistory();
  const now = resultFile([{ name: 'ssh-connect/cold-50ms/azfleet', seconds: 0.2 }], {
    run: 'run-12',
    startedAt: '2026-03-12T09:30:00.000Z',
  });
  const { runs, benchmarks } = viewOf({ now, history: history.toReversed() });
  expect(runs.map(({ startedAt }) => startedAt)).toEqual([...history, now].map(({ startedAt }) => startedAt));
  expect(benchmarks[0]!.history.map((point) => point !== null)).toEqual([
    ...Array(4).fill(false),
    ...Array(8).fill(true),
  ]);
});

test('the reported run itself, found again in its history, is not there twice', () => {
  const { now } = smallRun();
  expect(viewOf({ now, history: [now] }).runs).toHaveLength(1);
});

test('the ratio to a peer is there with too few rounds for none, and not without a peer', () => {
  const view = viewOf({
    now: resultFile([
      { name: 'sums/small/ours', seconds: 0.02, against: 'theirs' },
      { name: 'sums/small/theirs', seconds: 0.01 },
      { name: 'sums/short/ours', seconds: 0.02, against: 'theirs', rounds: 3 },
      { name: 'sums/short/theirs', seconds: 0.01, rounds: 3 },
    ]),
  });
  expect(view.benchmarks.map(({ ratio }) => ratio)).toEqual([
    { ratio: expect.closeTo(2, 1), low: expect.closeTo(2, 1), high: expect.closeTo(2, 1) },
    null,
    null,
    null,
  ]);
});
