import type { BenchmarkResult } from '../result/result.ts';

/** What is counted of one iteration of a benchmark; null: not counted. */
export interface CountsOf {
  readonly calls: number | null;
  readonly handshakes: number | null;
  readonly hits: number | null;
  readonly misses: number | null;
  readonly hitRatio: number | null;
}

export interface CountChange {
  /** `calls`, `handshakes`, `hits`, `misses` or `hit ratio`. */
  readonly count: string;
  readonly base: number | null;
  readonly new: number | null;
  /** `different`: neither better nor worse by itself. No longer counted is worse: nobody would see it grow. */
  readonly change: 'equal' | 'better' | 'worse' | 'different';
}

const COUNTS: readonly {
  readonly name: string;
  readonly key: keyof CountsOf;
  readonly better: 'less' | 'more' | null;
}[] = [
  { name: 'calls', key: 'calls', better: 'less' },
  { name: 'handshakes', key: 'handshakes', better: 'less' },
  { name: 'misses', key: 'misses', better: 'less' },
  { name: 'hits', key: 'hits', better: null },
  { name: 'hit ratio', key: 'hitRatio', better: 'more' },
];

export function countsOf({ calls, handshakes, cache_stats: cache }: BenchmarkResult): CountsOf {
  return {
    calls,
    handshakes,
    hits: cache?.hits ?? null,
    misses: cache?.misses ?? null,
    hitRatio: cache?.hit_ratio ?? null,
  };
}

/** Everything that either of them counts. Counts are compared exactly: they are the same on every machine. */
export function compareCounts(base: CountsOf, now: CountsOf): CountChange[] {
  return COUNTS.flatMap(({ name, key, better }) => {
    const [before, after] = [base[key], now[key]];
    if (before === null && after === null) return [];
    return { count: name, base: before, new: after, change: changeOf(before, after, better) };
  });
}

function changeOf(before: number | null, after: number | null, better: 'less' | 'more' | null): CountChange['change'] {
  if (after === null) return 'worse';
  if (before === null) return 'different';
  if (isEqual(before, after)) return 'equal';
  if (better === null) return 'different';
  return after < before === (better === 'less') ? 'better' : 'worse';
}

/** Counts of one iteration are quotients: the same but for the last bits. */
function isEqual(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}
