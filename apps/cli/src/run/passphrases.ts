import type { PassphrasePrompt } from '@azfleet/ssh-pool';
import type { Io } from '../io.ts';

/** Asks the person for the passphrases of keys, and knows when: what waits for the answer is not to blame for it. */
export class Passphrases {
  readonly prompt: PassphrasePrompt | undefined;
  #open = 0;
  #answers = 0;

  constructor(io: Io) {
    const ask = io.secretPrompt();
    if (ask === undefined) return;
    this.prompt = async ({ message }) => {
      this.#open += 1;
      try {
        return await ask(message.trim());
      } finally {
        this.#open -= 1;
        this.#answers += 1;
      }
    };
  }

  /** @returns whether the person was asked at any time since this was called */
  watch(): () => boolean {
    const before = this.#answers;
    return () => this.#open > 0 || this.#answers > before;
  }
}
