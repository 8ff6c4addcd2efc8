import { TRIM } from './trimmed-mean.ts';

/** What rounds tell that resemble those around them. */
export interface EffectiveRounds {
  /** How many independent ones would tell as much. */
  readonly rounds: number;
  /** Of the standard error. */
  readonly degreesOfFreedom: number;
}

/**
 * How many independent rounds tell as much as these, which may resemble their neighbours, or those of the same minute: the
 * fewer of two answers. Taken from Winsorized values, so that a single outlier hides nothing.
 *
 * In simulations of 60 rounds whose correlation with the next is 0.5, where 2.5 of 1,000 intervals are to miss, 4 do, and of 100
 * rounds 2. It is 64 if the rounds are taken as independent, and 20 with a moving-block bootstrap (blocks as Politis &
 * White 2004, Patton et al. 2009): from so few rounds the length of a block is found too short too often. For this,
 * independent rounds pay with intervals that are 15 % wider (60 rounds; 14 % for 100).
 */
export function effectiveRounds(values: Float64Array, sorted: Float64Array): EffectiveRounds {
  const winsorized = deviations(values, sorted);
  const near = byNeighbours(winsorized);
  const far = byStretches(winsorized);
  const isSignificant = near.rounds / far.rounds > SIGNIFICANT_RATIO;
  return {
    rounds: Math.min(near.rounds, far.rounds),
    degreesOfFreedom: isSignificant ? Math.min(near.degreesOfFreedom, far.degreesOfFreedom) : near.degreesOfFreedom,
  };
}

/**
 * n (1 - r) / (1 + r) for rounds whose correlation with the next is r, as in a first-order autoregressive series (Bayley &
 * Hammersley, "The effective number of independent observations in an autocorrelated time series", 1946).
 *
 * r is corrected for being found too low in short series, by (1 + 3 r) / n (Kendall, "Note on bias in the estimation of
 * autocorrelation", Biometrika 41, 1954), and taken half a standard error higher than it looks. Negative r, as from
 * sides whose order alternates, is not used to claim more rounds than there are. The degrees of freedom are those of the
 * rounds that are not trimmed (Tukey & McLaughlin, "Less vulnerable confidence and significance procedures for location",
 * Sankhyā A 25, 1963): of the effective ones, where r is significant (5 %, one-sided).
 */
function byNeighbours(winsorized: Float64Array): EffectiveRounds {
  const n = winsorized.length;
  const error = 1 / Math.sqrt(n);
  const measured = neighbourCorrelation(winsorized);
  const corrected = measured + (1 + 3 * measured) / n;
  const isSignificant = corrected > 1.645 * error * (1 + 3 / n);
  return {
    rounds: effective(n, corrected + error / 2),
    degreesOfFreedom: (1 - 2 * TRIM) * (isSignificant ? effective(n, corrected) : n) - 1,
  };
}

function effective(n: number, correlation: number): number {
  // Higher than 0.95 nothing is known any more.
  const r = Math.min(Math.max(correlation, 0), 0.95);
  return (n * (1 - r)) / (1 + r);
}

function neighbourCorrelation(winsorized: Float64Array): number {
  let together = 0;
  let squares = 0;
  for (const [index, value] of winsorized.entries()) {
    squares += value * value;
    if (index > 0) together += value * winsorized[index - 1]!;
  }
  return squares === 0 ? 0 : together / squares;
}

const STRETCHES = 7;
/** What the variance of seven means exceeds by chance in one case of twenty: chi-squared with 6 degrees of freedom, by 6. */
const SIGNIFICANT_RATIO = 2.1;

/**
 * By how much the means of seven consecutive stretches differ, which tells also what lasts long: a build that is slower for a
 * quarter of the time, with rounds in it that look independent. Batch means; with few of them Student's t makes up for
 * what so few tell (Ibragimov & Müller, "t-statistic based correlation and heterogeneity robust inference", 2010).
 */
function byStretches(winsorized: Float64Array): EffectiveRounds {
  const n = winsorized.length;
  const degreesOfFreedom = STRETCHES - 1;
  if (n < 2 * STRETCHES) return { rounds: n, degreesOfFreedom };
  const means = Array.from({ length: STRETCHES }, (_, stretch) => {
    const [from, to] = [Math.floor((stretch * n) / STRETCHES), Math.floor(((stretch + 1) * n) / STRETCHES)];
    return mean(winsorized.subarray(from, to));
  });
  const ofMeans = variance(Float64Array.from(means)) / STRETCHES;
  return { rounds: ofMeans === 0 ? n : variance(winsorized) / ofMeans, degreesOfFreedom };
}

/** From their mean, with the highest and lowest fifth as high and low as the next to them. */
function deviations(values: Float64Array, sorted: Float64Array): Float64Array {
  const cut = Math.floor(TRIM * values.length);
  const lowest = sorted[cut]!;
  const highest = sorted[values.length - 1 - cut]!;
  const winsorized = values.map((value) => Math.min(Math.max(value, lowest), highest));
  const middle = mean(winsorized);
  return winsorized.map((value) => value - middle);
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function variance(values: Float64Array): number {
  const middle = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - middle) ** 2;
  return squares / (values.length - 1);
}
