import { expect, it } from 'vitest';
import type { BenchmarkComparison, TimeChange } from '../../src/compare/compare-benchmarks.ts';
import { outcomeOf, worstFirst } from '../../src/compare/worst-first.ts';

const time = (verdict: TimeChange['verdict'], ratio: number): TimeChange => ({
  of: 'time',
  ratio,
  low: ratio * 0.97,
  high: ratio * 1.03,
  verdict,
  detectableChange: 0.05,
});

const benchmark = (name: string, changed: Partial<BenchmarkComparison>): BenchmarkComparison => ({
  benchmark: name,
  time: null,
  notCompared: null,
  seconds: { base: 1, new: 1 },
  counts: [],
  ...changed,
});

const all = [
  benchmark('faster', { time: time('faster', 0.8) }),
  benchmark('same', { time: time('no difference', 1.01) }),
  benchmark('slower', { time: time('slower', 1.2) }),
  benchmark('not-compared', { notCompared: 'too few rounds' }),
  benchmark('more-calls', {
    time: time('no difference', 1),
    counts: [{ count: 'calls', base: 1, new: 2, change: 'worse' }],
  }),
  benchmark('much-slower', { time: time('slower', 1.9) }),
  benchmark('b-same', { time: time('no difference', 1.01) }),
  benchmark('fewer-calls', {
    time: time('no difference', 1),
    counts: [{ count: 'calls', base: 2, new: 1, change: 'better' }],
  }),
];

it('puts what is worse first, in time or in counts, and what is better last', () => {
  expect(worstFirst(all).map(({ benchmark }) => benchmark)).toEqual([
    'much-slower',
    'slower',
    'more-calls',
    'b-same',
    'same',
    'not-compared',
    'fewer-calls',
    'faster',
  ]);
});

it('takes worse counts for worse, even where it became faster', () => {
  const traded = benchmark('traded', {
    time: time('faster', 0.8),
    counts: [{ count: 'calls', base: 1, new: 2, change: 'worse' }],
  });
  expect(outcomeOf(traded)).toBe('worse');
});
