/** Bytes collected in one piece of memory that grows with them, however small the pieces are that they come in. */
export class ByteBuffer {
  #bytes = Buffer.alloc(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What it takes in memory. */
  get capacity(): number {
    return this.#bytes.length;
  }

  append(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length, 256));
      grown.set(this.view());
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = needed;
  }

  /** What is in it, until the next `append`. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Empties it and keeps its memory. */
  clear(): void {
    this.#length = 0;
  }

  /** Empties it, memory included, and gives what was in it. */
  take(): Buffer {
    const taken = this.view();
    this.#bytes = Buffer.alloc(0);
    this.#length = 0;
    return taken;
  }
}
