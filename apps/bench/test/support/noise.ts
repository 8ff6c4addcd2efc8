import { RandomIntegers } from '../../src/statistics/random.ts';

/** Two builds, measured in turn: seconds of each round. */
interface Pair {
  readonly base: number[];
  readonly next: number[];
}

/** Draws a pair of so many rounds, of two builds that are the same. */
export type Noise = (rounds: number, draw: Draw) => Pair;

export class Draw {
  readonly #random: RandomIntegers;

  constructor(seed: number) {
    this.#random = new RandomIntegers(seed);
  }

  /** Between 0 and 1, both never reached. */
  uniform(): number {
    return (this.#random.below(2 ** 30) + 0.5) / 2 ** 30;
  }

  /** Standard normal, by Box and Muller. */
  gaussian(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  chance(share: number): boolean {
    return this.uniform() < share;
  }
}

const SECONDS = 0.045;

/** Each build has its own noise; `machine` is what both meet in the same round. Both are logarithms. */
function pair(rounds: number, own: () => () => number, machine: () => number = () => 0): Pair {
  const [ofBase, ofNext] = [own(), own()];
  const base: number[] = [];
  const next: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const shared = machine();
    base.push(SECONDS * Math.exp(shared + ofBase()));
    next.push(SECONDS * Math.exp(shared + ofNext()));
  }
  return { base, next };
}

function autoregressive(draw: Draw, spread: number, correlation: number): () => number {
  let value = spread * draw.gaussian();
  return () => {
    value = correlation * value + spread * Math.sqrt(1 - correlation ** 2) * draw.gaussian();
    return value;
  };
}

/** What was seen on shared machines, and worse. The first two have the spread of process starts there. */
export const noises: Readonly<Record<string, Noise>> = {
  'log-normal': (rounds, draw) => pair(rounds, () => () => 0.11 * draw.gaussian()),
  // One in twelve takes half as long again, twice or four times as long.
  'heavy tails': (rounds, draw) =>
    pair(rounds, () => () => 0.09 * draw.gaussian() + (draw.chance(0.08) ? -0.35 * Math.log(draw.uniform()) : 0)),
  // The machine becomes slower all the time, and changes its speed at random.
  drift: (rounds, draw) => {
    let walk = 0;
    const machine = (): number => {
      walk += 0.3 / rounds + 0.04 * draw.gaussian();
      return walk;
    };
    return pair(rounds, () => () => 0.1 * draw.gaussian(), machine);
  },
  autocorrelation: (rounds, draw) => pair(rounds, () => autoregressive(draw, 0.11, 0.5)),
  // Now and then on a slow core.
  bimodal: (rounds, draw) => pair(rounds, () => () => 0.04 * draw.gaussian() + (draw.chance(0.35) ? 0.25 : 0)),
  // Fast for a while, slow for a while, each build on its own.
  'two states': (rounds, draw) =>
    pair(rounds, () => {
      let slow = draw.chance(0.33);
      return () => {
        if (draw.chance(slow ? 0.2 : 0.1)) slow = !slow;
        return 0.04 * draw.gaussian() + (slow ? 0.2 : 0);
      };
    }),
};

/** In how many processes {@link launched} rounds were measured. */
export const LAUNCHES = 15;

/** Operations in several processes, each of which is faster or slower than the next for as long as it lives. */
export const launched: Noise = (rounds, draw) => {
  const each = rounds / LAUNCHES;
  const launches = Array.from({ length: LAUNCHES }, () => {
    const [ofBase, ofNext] = [0.04 * draw.gaussian(), 0.04 * draw.gaussian()];
    return pair(each, () => () => 0.01 * draw.gaussian()).base.map((seconds) => ({
      base: seconds * Math.exp(ofBase),
      next: seconds * Math.exp(ofNext + 0.01 * draw.gaussian()),
    }));
  });
  return { base: launches.flat().map(({ base }) => base), next: launches.flat().map(({ next }) => next) };
};
