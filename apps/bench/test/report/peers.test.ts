import { expect, test } from 'vitest';
import { peers } from '../../src/report/figures/peers.ts';
import { viewOf } from '../../src/report/view-of.ts';
import type { BenchmarkView, ReportView } from '../../src/report/view.ts';
import { smallRun } from '../support/fleet-results.ts';
import { resultFile } from '../support/result-files.ts';

const { now, base } = smallRun();
const both = viewOf({ now, base });

function named(report: ReportView, name: string): BenchmarkView {
  return report.benchmarks.find(({ benchmark }) => benchmark === name)!;
}

function listing(report: ReportView): BenchmarkView {
  return named(report, 'start-up/list-1000/azfleet');
}

test('fastest first, the measure among them', () => {
  const figure = peers(both, listing(both))!;
  expect(figure.rows.map(({ side, label }) => [side, label])).toEqual([
    ['node-e-0', 'the measure'],
    ['azfleet', expect.stringMatching(/^1\.4\d × \[/)],
  ]);
  expect(figure.rows.find(({ chosen }) => chosen)!.side).toBe('azfleet');
});

test('none where nothing was measured along, or too little to tell', () => {
  const lonely = viewOf({ now: resultFile([{ name: 'sums/small/ours', seconds: 1 }]) });
  expect(peers(lonely, lonely.benchmarks[0]!)).toBeUndefined();
  const short = viewOf({
    now: resultFile([
      { name: 'sums/small/ours', seconds: 1, against: 'theirs', rounds: 2 },
      { name: 'sums/small/theirs', seconds: 1, rounds: 2 },
    ]),
  });
  expect(peers(short, short.benchmarks[0]!)).toBeUndefined();
});
