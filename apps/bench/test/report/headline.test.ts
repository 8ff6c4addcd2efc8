import { expect, test } from 'vitest';
import { headlineOf } from '../../src/report/headline.ts';
import { viewOf } from '../../src/report/view-of.ts';
import type { BenchmarkView } from '../../src/report/view.ts';
import { resultFile } from '../support/result-files.ts';

const [plain] = viewOf({ now: resultFile([{ name: 'suite/comparison/side', seconds: 1 }]) }).benchmarks;

function outcome(verdict: 'faster' | 'slower' | 'no difference', more: Partial<BenchmarkView> = {}): BenchmarkView {
  return { ...plain!, change: { ratio: 1, low: 1, high: 1, verdict, peer: null }, ...more };
}

function said(benchmarks: readonly BenchmarkView[], options = { hasBase: true, running: false }): string {
  return headlineOf(benchmarks, options)
    .map(({ text }) => text)
    .join('');
}

const same = outcome('no difference');
const moreCalls = { counts: [{ count: 'calls', before: 4, now: 12, change: 'worse' as const }] };

test('slower comes first, of how many, then faster', () => {
  expect(said([outcome('faster'), same, outcome('slower'), outcome('faster')])).toBe(
    '1 of 4 benchmarks is slower, 2 are faster.',
  );
});

test('where nothing is slower that is said', () => {
  expect(said([outcome('faster'), outcome('faster'), same])).toBe('2 of 3 benchmarks are faster, none is slower.');
});

test('counts that got worse are as bad as time', () => {
  expect(said([outcome('no difference', moreCalls), outcome('slower')])).toBe(
    '1 of 2 benchmarks is slower, 1 makes more calls or misses.',
  );
  expect(said([outcome('no difference', moreCalls), outcome('faster', moreCalls)])).toBe(
    '2 of 2 benchmarks make more calls or misses, 1 is faster, none is slower.',
  );
});

test('no difference', () => {
  expect(said([same, same])).toBe('No difference in any of 2 benchmarks.');
  expect(said([same])).toBe('No difference in the one benchmark.');
});

test('nothing to compare, nothing measured, not measured yet', () => {
  expect(said([plain!, plain!], { hasBase: false, running: false })).toBe('2 benchmarks in 1 suite.');
  expect(said([plain!])).toBe('Nothing can be compared.');
  expect(said([])).toBe('Nothing was measured.');
  expect(said([], { hasBase: false, running: true })).toBe('Measuring …');
});

test('each clause has the tone of what it says', () => {
  expect(
    headlineOf([outcome('slower', moreCalls), outcome('faster')], { hasBase: true, running: false }).map(
      ({ tone }) => tone,
    ),
  ).toEqual(['slower', 'plain', 'worse', 'plain', 'faster', 'plain']);
});
