import type { Estimate } from './estimate.ts';
import { studentT } from './student-t.ts';

/** What is said about the time of one benchmark. */
export interface Change {
  /** New time by base's: 1.10 is 10 % slower. */
  readonly ratio: number;
  /** Confidence interval, 95 % over all comparisons together. */
  readonly low: number;
  readonly high: number;
  readonly verdict: Verdict;
  /** The smallest slow-down, as a share, that another comparison of this kind would find in four cases of five. */
  readonly detectableChange: number;
}

export type Verdict = 'slower' | 'faster' | 'no difference';

/** How {@link Change}s come about, in one line for those who read the result. */
export const METHOD =
  "20 % trimmed mean of the paired log ratios, bootstrap standard error (of launches as a whole), Student's t, Bonferroni-corrected";

/** That no interval of a whole comparison misses its truth. */
export const CONFIDENCE = 0.95;
/**
 * That a change of the size called detectable is detected, if the noise were known. It is an estimate, here and in the
 * comparison that is to find the change: that makes it 0.8 or more (simulated, for independent rounds).
 */
const POWER = 0.93;

/**
 * The interval of an estimated log ratio, and what it allows to say.
 *
 * Corrected by Bonferroni for `comparisons` at once: it holds however the benchmarks depend on each other (those of one
 * run share a machine and its moods, which rules out Šidák's), and unlike Holm's steps it gives intervals, so that the
 * verdict, the interval shown and the gate never contradict each other. It costs little: from 1 to 100 comparisons the
 * detectable change grows by some 60 %, from 20 to 100 by 13 %.
 */
export function changeOf({ location, standardError, degreesOfFreedom }: Estimate, comparisons: number): Change {
  const critical = studentT((1 - CONFIDENCE) / (2 * comparisons), degreesOfFreedom);
  const low = Math.exp(location - critical * standardError);
  const high = Math.exp(location + critical * standardError);
  return {
    ratio: Math.exp(location),
    low,
    high,
    verdict: verdictOf(low, high),
    detectableChange: Math.expm1((critical + studentT(1 - POWER, degreesOfFreedom)) * standardError),
  };
}

function verdictOf(low: number, high: number): Verdict {
  if (low > 1) return 'slower';
  return high < 1 ? 'faster' : 'no difference';
}
