import { expect, test } from 'vitest';
import { history } from '../../src/report/figures/history.ts';
import { viewOf } from '../../src/report/view-of.ts';
import { smallHistory, smallRun } from '../support/fleet-results.ts';

const { now } = smallRun();
const report = viewOf({ now, history: smallHistory() });
const of = (name: string) =>
  history(
    report,
    report.benchmarks.find(({ benchmark }) => benchmark === name)!,
  );

test('with a peer the ratio of each run, with its interval', () => {
  const figure = of('start-up/list-1000/azfleet')!;
  const [ratio] = figure.series;
  expect(ratio!.name).toBe('× node-e-0');
  expect(ratio!.points).toHaveLength(5);
  for (const { value, low, high } of ratio!.points) {
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
  }
  expect(ratio!.points.map(({ value }) => value)).toEqual([
    ...Array(4).fill(expect.closeTo(1.27, 1)),
    expect.closeTo(1.43, 1),
  ]);
});

test('without one the time, and a word on what it is worth', () => {
  const figure = of('start-up/list-1000/node-e-0')!;
  expect(figure.series[0]).toMatchObject({ name: 'Median time', unit: 'ms' });
  expect(figure.sentence).toContain('a step here proves nothing by itself');
});

test('what stayed the same is told and not drawn', () => {
  const figure = of('start-up/list-1000/azfleet')!;
  expect(figure.sentence).toContain('Cache hits: 100 % in every run. Calls to Azure: 0 in every run.');
  expect(figure.drawn.map(({ name }) => name)).toEqual(['× node-e-0', 'Peak memory']);
  expect(figure.table.head).toEqual(['run', '× node-e-0', 'Peak memory', 'Cache hits', 'Calls to Azure']);
});

test('a run without the benchmark is a gap', () => {
  const [first, ...others] = smallHistory();
  const gap = viewOf({ now, history: [{ ...first!, benchmarks: [] }, ...others] });
  const figure = history(gap, gap.benchmarks[0]!)!;
  expect(figure.table.rows[0]!.slice(1)).toEqual(['–', '–', '–', '–']);
  expect(figure.series[0]!.points[0]!.run).toBe(1);
});

test('a run without a commit is told by its date alone', () => {
  const nameless = viewOf({ now: { ...now, build: { name: 'new', commit: null } }, history: smallHistory() });
  expect(
    history(nameless, nameless.benchmarks[0]!)!
      .table.rows.map(([run]) => run)
      .at(-1),
  ).toBe('2026-03-12 09:30 UTC');
});

test('one run alone has no history', () => {
  const alone = viewOf({ now });
  expect(history(alone, alone.benchmarks[0]!)).toBeUndefined();
});
