import { Transform, type TransformCallback } from 'node:stream';
import type { Clock } from '../../clock.ts';

/** Bytes that may be under way at one time. A line of 100 Mbit/s at 50 ms holds 0.6 MB. */
const capacityBytes = 1024 * 1024;

export interface DelayOptions {
  readonly clock: Clock;
  readonly delayMs: number;
  /** Called when a piece is sent; what it returns, when that piece arrives. */
  readonly send: () => () => void;
}

/** One direction of a slow line: every byte arrives as late, and in its order. Holds up its sender when it is full. */
export class Delay extends Transform {
  readonly #options: DelayOptions;
  readonly #underWay: (() => void)[] = [];
  readonly #timers = new Set<unknown>();
  #bytes = 0;
  #blocked: TransformCallback | undefined;

  constructor(options: DelayOptions) {
    super();
    this.#options = options;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const arrived = this.#options.send();
    this.#bytes += chunk.length;
    this.#later(() => {
      this.#bytes -= chunk.length;
      arrived();
      this.push(chunk);
      this.#unblock();
    });
    this.#blocked = done;
    this.#unblock();
  }

  override _flush(done: TransformCallback): void {
    this.#later(() => done());
  }

  override _read(size: number): void {
    super._read(size);
    this.#unblock();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    for (const timer of this.#timers) this.#options.clock.clearTimeout(timer);
    this.#timers.clear();
    super._destroy(error, done);
  }

  #later(action: () => void): void {
    const { clock, delayMs } = this.#options;
    this.#underWay.push(action);
    const timer = clock.setTimeout(() => {
      this.#timers.delete(timer);
      // The one that is due is always the first, whichever timer it is that fires.
      this.#underWay.shift()?.();
    }, delayMs);
    this.#timers.add(timer);
  }

  #unblock(): void {
    if (this.#bytes + this.readableLength >= capacityBytes) return;
    const done = this.#blocked;
    this.#blocked = undefined;
    done?.();
  }
}
