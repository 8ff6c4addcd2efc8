import { appendFile } from 'node:fs/promises';

/** Files open at one time, however many machines there are: connections need the descriptors. */
const MOST_OPEN = 8;

/** Appends to many files, each opened only for the moment. */
export class FileAppender {
  #free = MOST_OPEN;
  readonly #waiting: (() => void)[] = [];
  readonly #underWay = new Set<Promise<void>>();

  /** Makes the file. @throws the system's error, `EEXIST` where there is one already */
  create(path: string, bytes: Uint8Array): Promise<void> {
    return this.#tracked(this.#append(path, bytes, 'ax'));
  }

  append(path: string, bytes: Uint8Array): Promise<void> {
    return this.#tracked(this.#append(path, bytes, 'a'));
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  async #append(path: string, bytes: Uint8Array, flag: 'a' | 'ax'): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      await appendFile(path, bytes, { flag, mode: 0o600 });
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  async #tracked(writing: Promise<void>): Promise<void> {
    this.#underWay.add(writing);
    try {
      await writing;
    } finally {
      this.#underWay.delete(writing);
    }
  }
}
