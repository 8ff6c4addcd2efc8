import type { Clock } from '../../src/index.ts';

interface Entry {
  atMs: number;
  callback: () => void;
}

/** A clock that stands still until the test moves it. */
export class FakeClock implements Clock {
  readonly #entries = new Set<Entry>();
  #nowMs = 1_000_000;

  /** Timers that are set. */
  get pending(): number {
    return this.#entries.size;
  }

  now(): number {
    return this.#nowMs;
  }

  setTimeout(callback: () => void, ms: number): unknown {
    const entry = { atMs: this.#nowMs + ms, callback };
    this.#entries.add(entry);
    return entry;
  }

  clearTimeout(handle: unknown): void {
    this.#entries.delete(handle as Entry);
  }

  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (;;) {
      const [next] = [...this.#entries].filter(({ atMs }) => atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs);
      if (next === undefined) break;
      this.#entries.delete(next);
      this.#nowMs = next.atMs;
      next.callback();
    }
    this.#nowMs = endMs;
  }
}
