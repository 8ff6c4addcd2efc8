import { type Clock, Timer } from '../clock.ts';
import type { Transport } from '../ssh2/transport.ts';

/** Asks a silent server whether it is still there, and calls back when several questions stay without an answer. */
export class KeepAlive {
  readonly #transport: Transport;
  readonly #timer: Timer;
  readonly #intervalMs: number;
  readonly #maxMissed: number;
  readonly #onDead: () => void;
  #heard = false;
  #missed = 0;

  constructor(
    transport: Transport,
    options: { clock: Clock; intervalMs: number; maxMissed: number; onDead: () => void },
  ) {
    this.#transport = transport;
    this.#timer = new Timer(options.clock);
    this.#intervalMs = options.intervalMs;
    this.#maxMissed = options.maxMissed;
    this.#onDead = options.onDead;
    transport.onTraffic(() => (this.#heard = true));
    this.#schedule();
  }

  stop(): void {
    this.#timer.clear();
  }

  #schedule(): void {
    this.#timer.set(this.#intervalMs, () => this.#tick());
  }

  #tick(): void {
    this.#missed = this.#heard ? 0 : this.#missed + 1;
    if (this.#missed > this.#maxMissed) {
      this.#onDead();
      return;
    }
    // Who speaks by himself is not asked.
    if (!this.#heard) this.#transport.ping(() => {});
    this.#heard = false;
    this.#schedule();
  }
}
