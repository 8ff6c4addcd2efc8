import type { Counts, Measured } from '@azfleet/bench';

/** What several processes, one after another, cost as one repetition. */
export function together(all: readonly Measured[]): Measured {
  const peaks = all.map(({ peakMemoryMb }) => peakMemoryMb);
  const cpus = all.map(({ cpuSeconds }) => cpuSeconds);
  return {
    seconds: sum(all.map(({ seconds }) => seconds)),
    ...(known(peaks) ? { peakMemoryMb: Math.max(...peaks) } : {}),
    ...(known(cpus) ? { cpuSeconds: sum(cpus) } : {}),
    counts: sumCounts(all.map(({ counts }) => counts ?? {})),
  };
}

function sumCounts(all: readonly Counts[]): Counts {
  const total: Partial<Record<keyof Counts, number>> = {};
  for (const counts of all) {
    for (const name of Object.keys(counts) as (keyof Counts)[]) total[name] = (total[name] ?? 0) + (counts[name] ?? 0);
  }
  return total;
}

function known(values: readonly (number | undefined)[]): values is readonly number[] {
  return values.length > 0 && !values.includes(undefined);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
