import type { BenchmarkResult } from '../result/result.ts';

/**
 * The usual figures of a sample, in its own unit.
 * @throws RangeError where the sample is empty
 */
export function describe(samples: ArrayLike<number>): BenchmarkResult['stats'] {
  const sorted = sortedCopy(samples);
  const mean = meanOf(sorted);
  return {
    mean,
    median: quantile(sorted, 0.5),
    stddev: standardDeviation(sorted, mean),
    min: sorted[0]!,
    max: sorted.at(-1)!,
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
  };
}

/**
 * The middle value, or the mean of the two in the middle.
 * @throws RangeError where the sample is empty
 */
export function median(samples: ArrayLike<number>): number {
  return quantile(sortedCopy(samples), 0.5);
}

/**
 * Between the two nearest values of a sorted sample, in proportion: definition 7 of Hyndman & Fan, "Sample quantiles in
 * statistical packages", The American Statistician 50 (1996), which is what R, NumPy and spreadsheets do.
 */
function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (above - below) * (position % 1);
}

/** Of the population that the sample comes from (n - 1); 0 for a single value. */
function standardDeviation(samples: Float64Array, mean: number): number {
  if (samples.length === 1) return 0;
  let squares = 0;
  for (const value of samples) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (samples.length - 1));
}

function meanOf(samples: Float64Array): number {
  let sum = 0;
  for (const value of samples) sum += value;
  return sum / samples.length;
}

function sortedCopy(samples: ArrayLike<number>): Float64Array {
  if (samples.length === 0) throw new RangeError('Expected a sample of one value at least, got none');
  return Float64Array.from(samples).toSorted();
}
