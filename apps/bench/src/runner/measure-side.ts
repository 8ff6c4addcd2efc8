import { Bench } from 'tinybench';
import { observation } from '../suite/observation.ts';
import type { OperationSide, WholeSide } from '../suite/suite.ts';
import { type ProbeMeasure, type RoundMeasure, thinned } from './measure.ts';

/** Long enough for a median, short enough for sides to take turns before the machine has changed its mood. */
const ROUND_MS = 30;
const TRIAL_MS = 3;
/** More say nothing new, and to put them in order takes longer than to measure them. */
const MOST_ITERATIONS = 50_000;

/** How an operation is measured, which is found out by a trial. */
export interface OperationPlan {
  /** Whether it is to be awaited. tinybench would find out by calls of its own in each round, which nobody counts. */
  readonly async: boolean;
  readonly roundMs: number;
}

/** Calls the operation for the first times. */
export async function planOperation(side: OperationSide): Promise<OperationPlan> {
  await side.beforeRound?.();
  const answer = side.operation();
  const async = typeof answer === 'object' && answer !== null && 'then' in answer;
  if (async) await (answer as PromiseLike<unknown>);
  // The first only makes the compiler look at it.
  await measureOperation(side, { async, roundMs: TRIAL_MS });
  const { iterations } = await measureOperation(side, { async, roundMs: TRIAL_MS });
  return { async, roundMs: Math.min(ROUND_MS, (TRIAL_MS * MOST_ITERATIONS) / iterations) };
}

/** One round of an operation: a short run of tinybench. */
export async function measureOperation(side: OperationSide, { async, roundMs }: OperationPlan): Promise<RoundMeasure> {
  await side.beforeRound?.();
  // Nobody pays for what the others have left behind.
  globalThis.gc?.();
  side.takeCounts?.();
  const bench = new Bench({ time: roundMs, iterations: 1, warmup: false, retainSamples: true, throws: true });
  // Not around run(): what tinybench reckons afterwards is not the operation's.
  const share = cpuShare();
  bench.add(side.name, () => side.operation(), { async, beforeAll: share.begin, afterAll: share.end });
  await bench.run();
  const counts = side.takeCounts?.() ?? {};
  const result = bench.tasks[0]!.result;
  if (result.state !== 'completed') throw new Error(`${side.name} was not measured (${result.state})`);
  const { mean, variance, min, max, samples, samplesCount } = result.latency;
  const sorted = samples!.map((ms) => ms / 1000);
  return {
    iterations: samplesCount,
    median: result.latency.p50 / 1000,
    mean: mean / 1000,
    // Of a single sample there is none.
    variance: Number.isFinite(variance) ? variance / 1e6 : 0,
    min: min / 1000,
    max: max / 1000,
    samples: thinned(sorted),
    counts,
    cpuShare: share.value(),
  };
}

/** CPU time of this process, by the time that passes meanwhile. */
function cpuShare(): Record<'begin' | 'end', () => void> & { readonly value: () => number } {
  let [started, before, share] = [0, process.cpuUsage(), 0];
  return {
    begin() {
      started = performance.now();
      before = process.cpuUsage();
    },
    end() {
      const { user, system } = process.cpuUsage(before);
      share = (user + system) / 1000 / (performance.now() - started);
    },
    value: () => share,
  };
}

/** One round of a whole side: one repetition. */
export async function measureWhole(side: WholeSide): Promise<RoundMeasure> {
  const { seconds, counts = {} } = await side.whole();
  if (!Number.isFinite(seconds) || seconds < 0) throw new Error(`${side.name} took ${seconds} seconds`);
  return {
    iterations: 1,
    median: seconds,
    mean: seconds,
    variance: 0,
    min: seconds,
    max: seconds,
    samples: [seconds],
    counts,
  };
}

/** A repetition that is not timed for the result: its processes tell what they took. */
export async function probeWhole(side: WholeSide): Promise<ProbeMeasure> {
  const observed = observation();
  observed.probing = true;
  try {
    const { seconds, peakMemoryMb, cpuSeconds } = await side.whole();
    return {
      ...(peakMemoryMb === undefined ? {} : { peakMemoryMb }),
      ...(cpuSeconds === undefined ? {} : { cpuShare: cpuSeconds / seconds }),
    };
  } finally {
    observed.probing = false;
  }
}
