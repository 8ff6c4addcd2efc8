import { changeOf } from '../../src/statistics/change.ts';
import { difference, estimate, type Estimate } from '../../src/statistics/estimate.ts';
import { logRatios } from '../../src/statistics/log-ratios.ts';
import { Draw, launched, LAUNCHES, type Noise } from './noise.ts';

/** Fewer resamples than in earnest, for the sake of time: their error adds to the noise. */
const RESAMPLES = 400;

/** The ratio of two builds that were measured in turn. */
export function sideBySide(noise: Noise, rounds: number, draw: Draw): Estimate {
  const { base, next } = noise(rounds, draw);
  return estimate(logRatios(next, base), RESAMPLES)!;
}

/** The same of operations, each launch of which is a process of its own. */
export function launchBesideLaunch(rounds: number, draw: Draw): Estimate {
  const { base, next } = launched(rounds, draw);
  return estimate(logRatios(next, base, LAUNCHES), RESAMPLES)!;
}

/** The ratio of the ratios of two runs; the second of each pair is the peer. */
export function fromRunToRun(noise: Noise, rounds: number, draw: Draw): Estimate {
  return difference(sideBySide(noise, rounds, draw), sideBySide(noise, rounds, draw));
}

/** In which share of so many comparisons, of so many benchmarks each, at least one is called different. */
export function falseAlarmRate(
  draws: (draw: Draw) => Estimate,
  { comparisons, benchmarks, seed }: { comparisons: number; benchmarks: number; seed: number },
): number {
  const draw = new Draw(seed);
  let alarms = 0;
  for (let comparison = 0; comparison < comparisons; comparison += 1) {
    const verdicts = Array.from({ length: benchmarks }, () => changeOf(draws(draw), benchmarks).verdict);
    if (verdicts.some((verdict) => verdict !== 'no difference')) alarms += 1;
  }
  return alarms / comparisons;
}
