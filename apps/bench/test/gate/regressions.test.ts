import { describe, expect, it } from 'vitest';
import type { BenchmarkComparison, TimeChange } from '../../src/compare/compare-benchmarks.ts';
import { regressions } from '../../src/gate/regressions.ts';

const interval = (low: number, high: number): TimeChange => ({
  of: 'time',
  ratio: Math.sqrt(low * high),
  low,
  high,
  verdict: low > 1 ? 'slower' : 'no difference',
  detectableChange: 0.05,
});

const benchmark = (changed: Partial<BenchmarkComparison>): BenchmarkComparison => ({
  benchmark: 'a/b/c',
  time: null,
  notCompared: 'too few rounds',
  seconds: { base: 1, new: 1 },
  counts: [],
  ...changed,
});

describe('regressions', () => {
  it('are times whose whole interval is beyond the threshold', () => {
    expect(regressions([benchmark({ time: interval(1.06, 1.3) })], 0.05)).toEqual([
      { rule: 'slower', benchmark: 'a/b/c', text: 'slower by 17.4 %, interval 1.06 – 1.30, threshold 5 %' },
    ]);
  });

  it('are not times that may be within the threshold, even where they are certainly slower', () => {
    expect(regressions([benchmark({ time: interval(1.04, 1.5) })], 0.05)).toEqual([]);
  });

  it('are ratios to a peer, which is named', () => {
    const time: TimeChange = { ...interval(1.2, 1.4), of: 'ratio', against: 'a/b/peer', base: 1, new: 1.3 };
    expect(regressions([benchmark({ time })], 0.05)[0]!.text).toContain('in its ratio to a/b/peer');
  });

  it('are counts that became worse, and no others, all in one line', () => {
    const counts: BenchmarkComparison['counts'] = [
      { count: 'calls', base: 4, new: 12, change: 'worse' },
      { count: 'handshakes', base: 2, new: 1, change: 'better' },
      { count: 'hits', base: 2, new: 1, change: 'different' },
      { count: 'hit ratio', base: 1, new: 0.5, change: 'worse' },
    ];
    expect(regressions([benchmark({ counts })], 0.05)).toEqual([
      { rule: 'counts', benchmark: 'a/b/c', text: 'calls 4 → 12, hit ratio 100 % → 50 %' },
    ]);
  });
});
