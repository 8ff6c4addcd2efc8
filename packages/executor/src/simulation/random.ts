/** A seeded generator of numbers in [0, 1) (mulberry32, T. Ettinger, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Numbers of one attempt of one task: the same whatever else runs, so that two strategies meet the same luck. */
export function seededFor(seed: number, task: number, attempt: number): () => number {
  return seeded(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(task + 1, 0x85ebca6b) ^ Math.imul(attempt + 1, 0xc2b2ae35));
}

export function exponential(random: () => number, mean: number): number {
  return -mean * Math.log(1 - random());
}

/** @param median half of the values are below it; `sigma` is the deviation of the logarithm */
export function lognormal(random: () => number, median: number, sigma: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return median * Math.exp(sigma * radius * Math.cos(2 * Math.PI * random()));
}
