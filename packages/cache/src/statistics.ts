/** What one process asked of one namespace. */
export interface NamespaceCounts {
  /** Answered by a fresh entry. */
  hits: number;
  /** Answered by a stale one. */
  staleHits: number;
  /** There was no entry, or none that would do. */
  misses: number;
  /** Times that this process asked the origin. */
  loads: number;
  loadErrors: number;
  /** Answers that could not be kept, or were out of date when they came. */
  notKept: number;
}

export function noCounts(): NamespaceCounts {
  return { hits: 0, staleHits: 0, misses: 0, loads: 0, loadErrors: 0, notKept: 0 };
}

export function addCounts(sum: NamespaceCounts, counts: NamespaceCounts): void {
  sum.hits += counts.hits;
  sum.staleHits += counts.staleHits;
  sum.misses += counts.misses;
  sum.loads += counts.loads;
  sum.loadErrors += counts.loadErrors;
  sum.notKept += counts.notKept;
}

/** Hits, stale ones too, of all that was asked; undefined when nothing was. */
export function hitRatio(counts: NamespaceCounts): number | undefined {
  const hits = counts.hits + counts.staleHits;
  const asked = hits + counts.misses;
  return asked === 0 ? undefined : hits / asked;
}
