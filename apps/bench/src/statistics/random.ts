/**
 * Repeatable random numbers: the same file compared twice gives the same interval.
 *
 * Small Fast Counter (sfc32) by C. Doty-Humphrey, from PractRand: 128 bits of state, passes its tests, and no
 * multiplication.
 */
export class RandomIntegers {
  // In an array of 32-bit numbers: as fields they would be objects on the heap, a new one for each step.
  readonly #state = new Int32Array(4);

  constructor(seed: number) {
    this.#state.set([seed, 0, 0, 1]);
    // The author's way to spread a short seed over the state.
    for (let round = 0; round < 12; round += 1) this.below(1);
  }

  /** A whole number from 0 up to, but without, `limit` (at most 2^31). */
  below(limit: number): number {
    const state = this.#state;
    const [a, b, c, counter] = [state[0]!, state[1]!, state[2]!, state[3]!];
    const sum = (((a + b) | 0) + counter) | 0;
    state[3] = counter + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    return ((sum >>> 0) * (limit / TWO_TO_32)) | 0;
  }
}

const TWO_TO_32 = 2 ** 32;
