import { RandomIntegers } from './random.ts';

/** Left out at each end of rounds: enough for the outliers of a busy machine. */
export const TRIM = 0.2;

/** The mean without this share of values at each end; what is cut in the middle of a value counts in part. */
export function trimmedMean(sorted: Float64Array, trim: number): number {
  return trimmedMeanOf(sorted, new Uint32Array(sorted.length).fill(1), sorted.length, trim);
}

/**
 * The standard error of the trimmed mean by the bootstrap (Efron & Tibshirani, "An Introduction to the Bootstrap", 1993,
 * chapter 6): the spread of the trimmed means of samples of `draws` values, drawn from these with replacement.
 * `draws` is less than there are values where these depend on each other (see `effectiveRounds`).
 */
export function bootstrapStandardError(
  sorted: Float64Array,
  { trim, draws, resamples }: { trim: number; draws: number; resamples: number },
): number {
  const random = new RandomIntegers(seedOf(sorted));
  // How often each value was drawn: the sample comes out sorted, without sorting it.
  const counts = new Uint32Array(sorted.length);
  let mean = 0;
  let squares = 0;
  for (let resample = 1; resample <= resamples; resample += 1) {
    counts.fill(0);
    for (let draw = 0; draw < draws; draw += 1) counts[random.below(sorted.length)]! += 1;
    const value = trimmedMeanOf(sorted, counts, draws, trim);
    // Welford's running variance.
    const distance = value - mean;
    mean += distance / resample;
    squares += distance * (value - mean);
  }
  // Values drawn from a sample spread less than those of its population, by (n - 1) / n.
  return Math.sqrt((squares / (resamples - 1)) * (sorted.length / (sorted.length - 1)));
}

/** Of the sample in which `sorted[i]` stands `counts[i]` times, `size` values in all. */
function trimmedMeanOf(sorted: Float64Array, counts: Uint32Array, size: number, trim: number): number {
  const from = trim * size;
  const to = size - from;
  let sum = 0;
  let position = 0;
  for (let index = 0; position < to; index += 1) {
    const next = position + counts[index]!;
    if (next > from) sum += (Math.min(next, to) - Math.max(position, from)) * sorted[index]!;
    position = next;
  }
  return sum / (to - from);
}

/** The same for the same values, so that a comparison can be repeated to the last digit; another one for others. */
function seedOf(sorted: Float64Array): number {
  const bits = new Int32Array(sorted.slice().buffer);
  return bits.reduce((hash, part) => Math.imul(hash ^ part, FNV_PRIME), FNV_BASIS);
}

// FNV-1a (Fowler, Noll, Vo), by words.
const FNV_PRIME = 16_777_619;
const FNV_BASIS = -2_128_831_035;
