// Where many chunks wait, small ones are put together: output that comes byte by byte must not cost an object a byte.
const manyChunks = 64;
const smallBytes = 16 * 1024;

/**
 * Output on its way to one reader. It holds what the remote was allowed to send and the reader has not taken; taking it
 * lets the remote send on.
 */
export class OutputStream implements AsyncIterable<Uint8Array> {
  readonly #onTaken: (bytes: number) => void;
  readonly #chunks: Buffer[] = [];
  /** The last chunk, while there is room in it. */
  #tail: { buffer: Buffer; used: number } | undefined;
  #wake: (() => void) | undefined;
  #isEnded = false;
  #isDiscarding = false;
  #error: { reason: unknown } | undefined;

  constructor(onTaken: (bytes: number) => void) {
    this.#onTaken = onTaken;
  }

  push(chunk: Buffer): void {
    if (this.#isDiscarding) {
      this.#onTaken(chunk.length);
      return;
    }
    if (this.#chunks.length >= manyChunks && chunk.length < smallBytes) this.#pushSmall(chunk);
    else {
      this.#sealTail();
      this.#chunks.push(chunk);
    }
    this.#notify();
  }

  end(): void {
    this.#isEnded = true;
    this.#notify();
  }

  /** What has arrived can still be read; then comes the error. */
  fail(reason: unknown): void {
    if (this.#isEnded) return;
    this.#error = { reason };
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        const chunk = this.#take();
        if (chunk !== undefined) {
          this.#onTaken(chunk.length);
          yield chunk;
        } else if (this.#isEnded) {
          if (this.#error !== undefined) throw this.#error.reason;
          return;
        } else {
          await new Promise<void>((resolve) => (this.#wake = resolve));
        }
      }
    } finally {
      this.#discard();
    }
  }

  #discard(): void {
    this.#isDiscarding = true;
    for (let chunk = this.#take(); chunk !== undefined; chunk = this.#take()) this.#onTaken(chunk.length);
  }

  #take(): Buffer | undefined {
    if (this.#chunks.length === 0) this.#sealTail();
    return this.#chunks.shift();
  }

  #pushSmall(chunk: Buffer): void {
    if (this.#tail !== undefined && this.#tail.used + chunk.length > smallBytes) this.#sealTail();
    this.#tail ??= { buffer: Buffer.allocUnsafe(smallBytes), used: 0 };
    this.#tail.used += chunk.copy(this.#tail.buffer, this.#tail.used);
  }

  #sealTail(): void {
    if (this.#tail === undefined) return;
    this.#chunks.push(this.#tail.buffer.subarray(0, this.#tail.used));
    this.#tail = undefined;
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
