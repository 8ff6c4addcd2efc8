import { halted, invalidOption } from './errors.ts';
import type { HaltOptions } from './options.ts';
import { oneOf, optionalFunction, share, wholeNumber } from './validate.ts';

const LEAST_FAILURES_OF_UNKNOWN_TOTAL = 3;

/** Counts failures and says when they are too many. */
export class Halt {
  readonly when: 'soon' | 'now';
  readonly #fail: number | undefined;
  readonly #share: number | undefined;
  readonly #critical: ((error: unknown) => boolean) | undefined;
  #failures = 0;
  #done = 0;

  constructor(options: HaltOptions = {}) {
    const { when = 'soon', fail, critical } = options;
    oneOf('halt.when', when, ['soon', 'now']);
    optionalFunction('halt.critical', critical);
    if (typeof fail === 'number') wholeNumber('halt.fail', fail, 1);
    else if (fail !== undefined && typeof fail !== 'string')
      throw invalidOption('halt.fail', 'a number or a share', fail);
    this.when = when;
    this.#fail = typeof fail === 'number' ? fail : undefined;
    this.#share = typeof fail === 'string' ? share('halt.fail', fail) : undefined;
    this.#critical = critical;
  }

  /** A share is one of the present wave, so the counts start again with it. */
  nextWave(): void {
    if (this.#share === undefined) return;
    this.#failures = 0;
    this.#done = 0;
  }

  succeeded(): void {
    this.#done += 1;
  }

  /**
   * @param of the number of items that a share is taken of, where it is known
   * @returns why to halt, if it is to be
   */
  failed(error: unknown, of: number | undefined): Error | undefined {
    this.#done += 1;
    this.#failures += 1;
    if (this.#critical?.(error) === true) return halted('a critical error', error);
    if (this.#fail !== undefined && this.#failures >= this.#fail) return halted(`${this.#failures} failed`, error);
    if (this.#share === undefined) return undefined;
    if (of === undefined && this.#failures < LEAST_FAILURES_OF_UNKNOWN_TOTAL) return undefined;
    const whole = of ?? this.#done;
    return this.#failures >= this.#share * whole ? halted(`${this.#failures} of ${whole} failed`, error) : undefined;
  }
}
