import { ByteBuffer } from './byte-buffer.ts';
import { BlockFile, BLOCK_BYTES } from './block-file.ts';

export interface SpoolOptions {
  /** Where the file is made. @default the system's directory for temporary files */
  readonly directory?: string;
  /** A stream is kept in memory up to this many bytes. @default 65536 */
  readonly mostOfOne?: number;
  /** All streams together are kept in memory up to about this many bytes. @default 16777216 */
  readonly mostOfAll?: number;
}

/** Keeps output until it is printed: what is small in memory, all else in one file that nobody else can open. */
export class Spool {
  readonly #file: BlockFile;
  readonly #mostOfOne: number;
  readonly #mostOfAll: number;
  #inMemory = 0;

  constructor({ directory, mostOfOne = 64 * 1024, mostOfAll = 16 * 1024 * 1024 }: SpoolOptions = {}) {
    this.#file = new BlockFile(directory);
    this.#mostOfOne = mostOfOne;
    this.#mostOfAll = mostOfAll;
  }

  /** A place for one stream. It takes nothing until there is something in it. */
  open(): SpooledStream {
    return new SpooledStream(this.#file, {
      mostOfOne: this.#mostOfOne,
      isFull: () => this.#inMemory >= this.#mostOfAll,
      take: (bytes) => {
        this.#inMemory += bytes;
      },
    });
  }

  /** Gives everything back. What was opened keeps nothing any more. */
  async close(): Promise<void> {
    await this.#file.close();
  }
}

interface Memory {
  /** What one stream may keep. */
  readonly mostOfOne: number;
  /** Whether all together keep as much as they may. */
  isFull(): boolean;
  /** Takes note of a change of what all keep. */
  take(bytes: number): void;
}

/** What a machine has written to one of its streams. */
export class SpooledStream {
  readonly #file: BlockFile;
  readonly #memory: Memory;
  /** Behind what is in the file. */
  readonly #tail = new ByteBuffer();
  #blocks: number[] = [];
  #inFile = 0;

  constructor(file: BlockFile, memory: Memory) {
    this.#file = file;
    this.#memory = memory;
  }

  get length(): number {
    return this.#inFile + this.#tail.length;
  }

  /** One after the other: await it before the next. @throws CliError where there is no room */
  async append(bytes: Uint8Array): Promise<void> {
    const { mostOfOne } = this.#memory;
    if (bytes.length > mostOfOne || this.#memory.isFull()) {
      await this.#toFile(this.#takeTail());
      return await this.#toFile(bytes);
    }
    if (this.#tail.length + bytes.length > mostOfOne) {
      await this.#toFile(this.#tail.view());
      this.#tail.clear();
    }
    const before = this.#tail.capacity;
    this.#tail.append(bytes);
    this.#memory.take(this.#tail.capacity - before);
  }

  /** What is in it, from the beginning, in pieces of which each is good until the next one. */
  async *read(): AsyncGenerator<Uint8Array, void, undefined> {
    const buffer = Buffer.allocUnsafeSlow(this.#inFile > 0 ? BLOCK_BYTES : 0);
    for (const [index, block] of this.#blocks.entries()) {
      const length = Math.min(BLOCK_BYTES, this.#inFile - index * BLOCK_BYTES);
      await this.#file.read(block, buffer.subarray(0, length));
      yield buffer.subarray(0, length);
    }
    if (this.#tail.length > 0) yield this.#tail.view();
  }

  /** Empties it: its memory and its room in the file are free for others. */
  discard(): void {
    this.#takeTail();
    this.#file.release(this.#blocks);
    this.#blocks = [];
    this.#inFile = 0;
  }

  async #toFile(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    while (rest.length > 0) {
      const used = this.#inFile % BLOCK_BYTES;
      if (used === 0) this.#blocks.push(this.#file.allocate());
      const piece = rest.subarray(0, BLOCK_BYTES - used);
      await this.#file.write(this.#blocks.at(-1)!, used, piece);
      this.#inFile += piece.length;
      rest = rest.subarray(piece.length);
    }
  }

  #takeTail(): Uint8Array {
    this.#memory.take(-this.#tail.capacity);
    return this.#tail.take();
  }
}
