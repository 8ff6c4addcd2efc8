import { changeOf } from './change.ts';
import { difference, estimate, type Estimate } from './estimate.ts';
import { logRatios } from './log-ratios.ts';

/**
 * The smallest change of a benchmark's time, as a share (0.08: 8 %), that a comparison with another such run would find
 * in four cases of five, with 5 % of false alarms over all `comparisons` together.
 *
 * With `againstRounds`, those of the benchmark that is this one's measure, it is what a comparison of two files would
 * find, by the ratio of the ratios. Without, two builds side by side are meant (`run --base`); how much these would differ
 * from round to round is taken from how much successive rounds of this one do, since what lasts longer is the machine's.
 * @param launches in how many processes, one after another, equal parts of the rounds were measured
 * @returns null for fewer than five rounds
 */
export function detectableChange(
  rounds: readonly number[],
  againstRounds: readonly number[] | undefined,
  comparisons: number,
  launches = 1,
): number | null {
  const noise =
    againstRounds === undefined ? sideBySide(rounds, launches) : fromFileToFile(rounds, againstRounds, launches);
  return noise === undefined ? null : changeOf(noise, comparisons).detectableChange;
}

function fromFileToFile(rounds: readonly number[], against: readonly number[], launches: number): Estimate | undefined {
  const ratio = estimate(logRatios(rounds, against, launches));
  return ratio && difference(ratio, ratio);
}

function sideBySide(rounds: readonly number[], launches: number): Estimate | undefined {
  const series = logRatios(
    rounds,
    rounds.map(() => 1),
    launches,
  );
  if (launches === 1) return estimate([steps(series.flat(), (before, after) => after - before)]);
  // Each launch beside the next one, round by round.
  return estimate(steps(series, (before, after) => after.map((value, round) => value - (before[round] ?? value))));
}

/**
 * From each value to the next. Each step shares a value with the next one; in this order (every second first) neighbours
 * share none, and their resemblance can be taken for what it is.
 */
function steps<T, S>(values: readonly T[], step: (before: T, after: T) => S): S[] {
  const all = values.slice(1).map((value, index) => step(values[index]!, value));
  return [...all.filter((_, index) => index % 2 === 0), ...all.filter((_, index) => index % 2 === 1)];
}
