import { Bench } from 'tinybench';

/** One side of a comparison: does its work once. */
export type Side = () => unknown;

export interface Pairs {
  /** Median of each round, in microseconds. */
  ours: number[];
  plain: number[];
  /** Of the two medians of each round. */
  ratios: number[];
}

/** Measures two sides in turn, so that whatever disturbs the machine disturbs both; the order changes every round. */
export async function measurePairs(ours: Side, plain: Side, rounds: number, iterations: number): Promise<Pairs> {
  const pairs: Pairs = { ours: [], plain: [], ratios: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const bench = new Bench({ iterations, time: 0, warmup: false });
    const sides: [string, Side][] = [
      ['ours', ours],
      ['plain', plain],
    ];
    for (const [name, side] of round % 2 === 0 ? sides : sides.toReversed()) bench.add(name, side, { async: true });
    await bench.run();
    // The first round warms both up.
    if (round === 0) continue;
    const [oursUs, plainUs] = [median(bench, 'ours'), median(bench, 'plain')];
    pairs.ours.push(oursUs);
    pairs.plain.push(plainUs);
    pairs.ratios.push(oursUs / plainUs);
  }
  return pairs;
}

function median(bench: Bench, name: string): number {
  const result = bench.getTask(name)?.result;
  if (result?.state !== 'completed') throw new Error(`${name} did not complete`, { cause: result });
  return result.latency.p50 * 1000;
}

/** Median, and the quartiles around it. */
export function spread(values: readonly number[], unit: string): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): string => sorted[Math.floor((sorted.length - 1) * share)]!.toFixed(unit === '×' ? 2 : 1);
  return `${at(0.5)} ${unit} [${at(0.25)}-${at(0.75)}]`;
}
