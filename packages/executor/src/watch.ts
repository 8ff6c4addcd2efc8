import type { Clock } from './clock.ts';

/**
 * Calls back for members that stayed longer than a limit that may change while they stay. All share the limit, so the
 * one that came first is the first to exceed it, and one timer serves them all.
 */
export class Watch<T> {
  readonly #clock: Clock;
  readonly #limitMs: () => number;
  readonly #exceeded: (member: T) => void;
  readonly #since = new Map<T, number>();
  #timer: unknown;
  #armedFor: number | undefined;

  constructor(clock: Clock, limitMs: () => number, exceeded: (member: T) => void) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#exceeded = exceeded;
  }

  add(member: T, now: number): void {
    // One that is added again starts again, behind all others.
    this.#since.delete(member);
    this.#since.set(member, now);
    if (this.#timer === undefined) this.#arm(this.#limitMs());
  }

  delete(member: T): void {
    if (this.#since.delete(member) && this.#since.size === 0) this.#disarm();
  }

  /** To be called when the limit may have changed. */
  look(): void {
    if (this.#limitMs() !== this.#armedFor && this.#since.size > 0) this.#check();
  }

  #check(): void {
    this.#disarm();
    const now = this.#clock.now();
    const limitMs = this.#limitMs();
    for (const [member, since] of this.#since) {
      const left = since + limitMs - now;
      if (left > 0) {
        this.#arm(left);
        return;
      }
      this.#since.delete(member);
      this.#exceeded(member);
    }
  }

  #arm(ms: number): void {
    this.#disarm();
    this.#armedFor = this.#limitMs();
    this.#timer = this.#clock.setTimeout(() => this.#check(), ms);
  }

  #disarm(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
