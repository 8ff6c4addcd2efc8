import { effectiveRounds } from './effective-rounds.ts';
import { bootstrapStandardError, TRIM, trimmedMean } from './trimmed-mean.ts';

/** Where the middle of a series lies, and how well that is known. Of logarithms of ratios here. */
export interface Estimate {
  readonly location: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/** Values of successive rounds, apart for each launch: each process in which some of them were measured. */
export type Series = readonly (readonly number[])[];

/**
 * The middle of a series, by what is independent in it.
 * @param resamples of the bootstrap
 * @returns undefined for fewer than five rounds
 */
export function estimate(series: Series, resamples: number = RESAMPLES): Estimate | undefined {
  return series.length < LEAST ? ofRounds(series.flat(), resamples) : ofLaunches(series, resamples);
}

/**
 * The 20 % trimmed mean of all rounds, and its bootstrap standard error: of as many draws as there are rounds, or, where
 * these resemble each other (as in a few launches), of as many as would tell as much.
 */
function ofRounds(rounds: readonly number[], resamples: number): Estimate | undefined {
  if (rounds.length < LEAST) return undefined;
  const values = Float64Array.from(rounds);
  const sorted = values.toSorted();
  const effective = effectiveRounds(values, sorted);
  const draws = Math.max(LEAST_DRAWS, Math.round(effective.rounds));
  const standardError = bootstrapStandardError(sorted, { trim: TRIM, draws, resamples });
  return {
    location: trimmedMean(sorted, TRIM),
    // The draws are whole, the effective rounds are not.
    standardError: standardError * Math.sqrt(draws / effective.rounds),
    degreesOfFreedom: Math.max(LEAST_DEGREES_OF_FREEDOM, effective.degreesOfFreedom),
  };
}

/**
 * A process is faster or slower than the next one for as long as it lives, by how its memory is laid out and its code was
 * optimised: more rounds do not help against that, more processes do (Kalibera & Jones, "Rigorous benchmarking in reasonable
 * time", 2013). So each launch is one value, the trimmed mean of its rounds, and the bootstrap draws launches as a
 * whole. The mean of the launches is not trimmed: they are few. Student's t with one degree of freedom less than
 * launches holds also where these are not equally noisy (Ibragimov & Müller, "t-statistic based correlation and
 * heterogeneity robust inference", 2010).
 */
function ofLaunches(series: Series, resamples: number): Estimate {
  const sorted = Float64Array.from(series, (rounds) =>
    trimmedMean(Float64Array.from(rounds).toSorted(), TRIM),
  ).toSorted();
  return {
    location: trimmedMean(sorted, 0),
    standardError: bootstrapStandardError(sorted, { trim: 0, draws: sorted.length, resamples }),
    degreesOfFreedom: sorted.length - 1,
  };
}

/** The difference of two independent estimates: Welch's degrees of freedom (Biometrika 34, 1947), as Yuen (1974) for trimmed means. */
export function difference(of: Estimate, from: Estimate): Estimate {
  const [ofVariance, fromVariance] = [of.standardError ** 2, from.standardError ** 2];
  const variance = ofVariance + fromVariance;
  return {
    location: of.location - from.location,
    standardError: Math.sqrt(variance),
    degreesOfFreedom:
      variance === 0
        ? Math.min(of.degreesOfFreedom, from.degreesOfFreedom)
        : variance ** 2 / (ofVariance ** 2 / of.degreesOfFreedom + fromVariance ** 2 / from.degreesOfFreedom),
  };
}

/** Fewer rounds, or launches, tell nothing. */
const LEAST = 5;
/** The error of a standard error from so many is 0.7 % of it. */
const RESAMPLES = 10_000;
const LEAST_DRAWS = 2;
const LEAST_DEGREES_OF_FREEDOM = 2;
