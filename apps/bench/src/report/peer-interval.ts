import type { BenchmarkResult } from '../result/result.ts';
import { changeOf } from '../statistics/change.ts';
import { estimate } from '../statistics/estimate.ts';
import { logRatios } from '../statistics/log-ratios.ts';
import type { Interval } from './view.ts';

/**
 * A benchmark's time in multiples of its peer's, from rounds that were measured in turn, with a 95 % interval of its own.
 * null where there is no peer, or too few rounds.
 * @param resamples of the bootstrap
 */
export function peerInterval(
  { rounds, against, launches }: BenchmarkResult,
  together: ReadonlyMap<string, BenchmarkResult>,
  resamples?: number,
): Interval | null {
  const peer = against === null ? undefined : together.get(against);
  const estimated = peer && estimate(logRatios(rounds, peer.rounds, launches), resamples);
  if (estimated === undefined) return null;
  const { ratio, low, high } = changeOf(estimated, 1);
  return { ratio, low, high };
}
