import type { BenchmarkResult } from '../result/result.ts';
import { difference, estimate, type Estimate } from '../statistics/estimate.ts';
import { logRatios } from '../statistics/log-ratios.ts';
import type { Pair } from './compare-benchmarks.ts';

/** How a benchmark stands to the one that is its measure, in the same run. */
export interface PeerRatio {
  readonly against: string;
  /** Of the logarithm of the ratio; undefined: too few rounds. */
  readonly estimated: Estimate | undefined;
}

/** Undefined where no peer was measured along. */
export function ratioToPeer(
  { rounds, against, launches }: BenchmarkResult,
  benchmarks: ReadonlyMap<string, BenchmarkResult>,
): PeerRatio | undefined {
  const peer = against === null ? undefined : benchmarks.get(against);
  return peer && { against: peer.benchmark, estimated: estimate(logRatios(rounds, peer.rounds, launches)) };
}

/** The ratio of the ratios of two runs, which may have been on two machines; or why there is none. */
export function changeOfRatio(base: PeerRatio | undefined, now: PeerRatio | undefined): Pair['time'] {
  if (base === undefined || now === undefined) return 'no peer was measured along';
  if (base.against !== now.against) return 'not measured against the same peer';
  if (base.estimated === undefined || now.estimated === undefined) return 'too few rounds';
  return {
    of: 'ratio',
    estimated: difference(now.estimated, base.estimated),
    against: now.against,
    base: Math.exp(base.estimated.location),
    new: Math.exp(now.estimated.location),
  };
}
