import { askPassPrompt } from './ask-pass.ts';
import { type PrivateKey, decrypt } from './key-file.ts';
import type { PassphrasePrompt } from './prompt.ts';

// As many as ssh allows (NumberOfPasswordPrompts).
const attempts = 3;

/**
 * Opens encrypted keys. Each is asked for once, however many machines wait for it; questions come one at a time. The
 * opened key stays in memory as long as the pool, the passphrase does not.
 */
export class Passphrases {
  readonly #prompt: PassphrasePrompt | undefined;
  readonly #opened = new Map<string, Promise<PrivateKey>>();
  #last: Promise<unknown> = Promise.resolve();
  #open = 0;

  constructor(prompt: PassphrasePrompt | undefined, env: Readonly<Record<string, string | undefined>>) {
    const askPass = askPassPrompt(env);
    const prefersAskPass = env['SSH_ASKPASS_REQUIRE'] === 'force' || env['SSH_ASKPASS_REQUIRE'] === 'prefer';
    this.#prompt = prefersAskPass ? (askPass ?? prompt) : (prompt ?? askPass);
  }

  /** Whether the person is being asked: time that they take is not the network's. */
  get isAsking(): boolean {
    return this.#open > 0;
  }

  unlock(path: string, text: string): Promise<PrivateKey> {
    const id = `${path}\n${text}`;
    const opened = this.#opened.get(id);
    if (opened !== undefined) return opened;
    this.#open += 1;
    const opening = this.#last.then(() => this.#ask(path, text)).finally(() => (this.#open -= 1));
    this.#last = opening.catch(() => undefined);
    this.#opened.set(id, opening);
    return opening;
  }

  async #ask(path: string, text: string): Promise<PrivateKey> {
    if (this.#prompt === undefined)
      throw new Error(`${path} is encrypted, and there is nobody to ask for its passphrase`);
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const again = attempt === 1 ? '' : 'That was not it. ';
      const message = `${again}Enter the passphrase for the key ${path}: `;
      const answer = await this.#prompt({ kind: 'passphrase', path, attempt, message });
      if (answer === undefined) throw new Error(`${path} is encrypted, and no passphrase was given`);
      const key = decrypt(text, answer);
      if (key !== undefined) return key;
    }
    throw new Error(`${path} is encrypted, and the passphrase was wrong`);
  }
}
