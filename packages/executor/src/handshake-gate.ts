const START_AT = 8;
const SHRINK_BY = 0.7;

/**
 * How many hand-shakes of a lane are under way at once: one more for every round of them that got through, less where one
 * is refused (additive increase, multiplicative decrease). sshd's `MaxStartups` refuses from ten on, by default.
 */
export class HandshakeGate {
  #width: number;
  #inside = 0;

  constructor(width: number = START_AT) {
    this.#width = width;
  }

  get width(): number {
    return Math.floor(this.#width);
  }

  get isOpen(): boolean {
    return this.#inside < this.width;
  }

  enter(): void {
    this.#inside += 1;
  }

  passed(): void {
    const wasUsedUp = this.#inside >= this.width;
    this.#inside -= 1;
    if (wasUsedUp) this.#width += 1 / this.#width;
  }

  refused(): void {
    this.#inside -= 1;
    this.#width = Math.max(1, this.#width * SHRINK_BY);
  }

  /** It ended before it was through, and not by a refusal. */
  left(): void {
    this.#inside -= 1;
  }
}
