/** Output up to a size, in one piece. */
export class Collector {
  readonly #maxBytes: number;
  #buffer: Buffer = Buffer.alloc(0);
  #length = 0;
  #isTruncated = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isTruncated(): boolean {
    return this.#isTruncated;
  }

  push(chunk: Buffer): void {
    const room = this.#maxBytes - this.#length;
    if (chunk.length > room) this.#isTruncated = true;
    const kept = Math.min(chunk.length, room);
    this.#reserve(this.#length + kept);
    this.#length += chunk.copy(this.#buffer, this.#length, 0, kept);
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#buffer.subarray(0, this.#length));
  }

  /** Doubles, so that a long output is copied a few times and not once a chunk. */
  #reserve(bytes: number): void {
    if (bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.min(this.#maxBytes, Math.max(bytes, this.#buffer.length * 2, 4096)));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
