import { invalidOption } from './errors.ts';
import type { Share } from './options.ts';
import { share, wholeNumber } from './validate.ts';

type Wave = number | Share;

/** One wave after the other: the next is pulled when every task of the one before is done. */
export class Waves {
  readonly #sizes: readonly number[];
  #left: number;
  #wave = 0;
  #pulled = 0;
  #done = 0;

  constructor(waves: readonly Wave[] | undefined, total: number | undefined) {
    this.#sizes = waves === undefined ? [Infinity] : waves.map((wave, place) => sizeOf(wave, place, total));
    this.#left = total ?? Infinity;
  }

  /** Items in the present wave; Infinity where that is not known. */
  get size(): number {
    return Math.min(this.#left, this.#sizes[Math.min(this.#wave, this.#sizes.length - 1)] as number);
  }

  /** Whether another item may be pulled before this wave is done. */
  get hasRoom(): boolean {
    return this.#pulled < (this.#sizes[Math.min(this.#wave, this.#sizes.length - 1)] as number);
  }

  pulled(): void {
    this.#pulled += 1;
  }

  /** @returns whether that was the last of its wave */
  done(): boolean {
    this.#done += 1;
    if (this.#done < this.#pulled || this.hasRoom) return false;
    this.#left -= this.#done;
    this.#wave += 1;
    this.#pulled = 0;
    this.#done = 0;
    return true;
  }
}

/** What can be checked without the number of items. */
export function checkWaves(waves: readonly Wave[]): void {
  if (!Array.isArray(waves) || waves.length === 0) throw invalidOption('waves', 'an array of at least one size', waves);
  for (const [place, wave] of waves.entries()) sizeOf(wave as Wave, place, 1);
}

function sizeOf(wave: Wave, place: number, total: number | undefined): number {
  const name = `waves[${place}]`;
  if (typeof wave === 'number') {
    wholeNumber(name, wave, 1);
    return wave;
  }
  const part = share(name, wave);
  if (total === undefined) throw invalidOption('total', `the number of items (\`${name}\` is a share of it)`, total);
  return Math.max(1, Math.ceil(part * total));
}
