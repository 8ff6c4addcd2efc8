import { type CountsOf, countsOf } from '../compare/counts.ts';
import { type PeerRatio, ratioToPeer } from '../compare/peer-ratio.ts';
import { rounded } from '../output/rounded.ts';
import type { BenchmarkResult, ResultFile } from '../result/result.ts';
import { changeOf } from '../statistics/change.ts';
import { studentT } from '../statistics/student-t.ts';
import type { Baseline, BaselineFile, BaselineRatio, HistoryEntry } from './baseline-file.ts';

/** What is to be kept of a run, a file for each of its suites. */
export function baselinesOf(result: ResultFile): BaselineFile[] {
  const all = new Map(result.benchmarks.map((one) => [one.benchmark, one]));
  return result.suites.map(({ suite }) => {
    const own = result.benchmarks.filter((one) => one.suite === suite);
    return {
      schemaVersion: 1,
      suite,
      benchmarks: Object.fromEntries(own.map((one) => [one.benchmark, baselineOf(one, all)])),
      history: [historyEntry(result, own)],
    };
  });
}

function baselineOf(one: BenchmarkResult, all: ReadonlyMap<string, BenchmarkResult>): Baseline {
  const { calls, handshakes, hits, misses } = countsOf(one);
  return { calls, handshakes, hits, misses, ratio: baselineRatio(ratioToPeer(one, all)) };
}

function baselineRatio(peer: PeerRatio | undefined): BaselineRatio | null {
  if (peer?.estimated === undefined) return null;
  const { ratio, low, high } = changeOf(peer.estimated, 1);
  return {
    against: peer.against,
    ratio: rounded(ratio, DIGITS),
    low: rounded(low, DIGITS),
    high: rounded(high, DIGITS),
    degrees_of_freedom: rounded(peer.estimated.degreesOfFreedom, 3),
  };
}

/** More would only make differences that mean nothing. */
const DIGITS = 5;

/** As {@link ratioToPeer} of the run that the baseline was saved from. */
export function peerRatioOf({ ratio: kept }: Baseline): PeerRatio | undefined {
  if (kept === null) return undefined;
  const { against, ratio, low, high, degrees_of_freedom: degreesOfFreedom } = kept;
  const standardError = Math.log(high / low) / 2 / studentT(0.025, degreesOfFreedom);
  return { against, estimated: { location: Math.log(ratio), standardError, degreesOfFreedom } };
}

/** As {@link countsOf} of the run that the baseline was saved from. */
export function keptCounts({ calls, handshakes, hits, misses }: Baseline): CountsOf {
  return { calls, handshakes, hits, misses, hitRatio: hitRatio(hits, misses) };
}

/** Where nothing was looked up, nothing was missed. */
function hitRatio(hits: number | null, misses: number | null): number | null {
  if (hits === null || misses === null) return null;
  return hits + misses === 0 ? 1 : hits / (hits + misses);
}

function historyEntry({ startedAt, build, environment }: ResultFile, own: readonly BenchmarkResult[]): HistoryEntry {
  return {
    startedAt,
    commit: build.commit,
    node: environment.node,
    cpu: `${environment.cpus} × ${environment.cpu}`,
    seconds: Object.fromEntries(own.map(({ benchmark, stats }) => [benchmark, rounded(stats.median, 3)])),
  };
}
