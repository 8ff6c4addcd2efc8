import type { Io } from '../../io.ts';
import type { StreamName } from '../machine-result.ts';

interface Piece {
  readonly stream: StreamName;
  readonly bytes: Uint8Array;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Pieces that wait together are written together, up to this much. */
const MOST_BYTES_AT_ONCE = 256 * 1024;

/**
 * Writes to stdout and stderr in the order of the calls, over both: on a terminal what a machine wrote comes before the
 * line that says how it ended. A piece is never torn apart by another one.
 */
export class Printer {
  readonly #io: Pick<Io, 'stdout' | 'stderr'>;
  #waiting: Piece[] = [];
  #isWriting = false;

  constructor(io: Pick<Io, 'stdout' | 'stderr'>) {
    this.#io = io;
  }

  /** Resolves once the bytes are on their way, so that a slow reader slows down the machines. */
  write(stream: StreamName, piece: Uint8Array | string): Promise<void> {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    return new Promise((done, failed) => {
      this.#waiting.push({ stream, bytes, done, failed });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const pieces = this.#next();
      try {
        await this.#io[pieces[0]!.stream].writeBytes(joined(pieces));
        for (const { done } of pieces) done();
      } catch (error) {
        for (const { failed } of pieces) failed(error);
      }
    }
    this.#isWriting = false;
  }

  /** The first that waits and those behind it for the same stream. */
  #next(): Piece[] {
    const { stream } = this.#waiting[0]!;
    let count = 0;
    let length = 0;
    for (const piece of this.#waiting) {
      if (count > 0 && (piece.stream !== stream || length + piece.bytes.length > MOST_BYTES_AT_ONCE)) break;
      count += 1;
      length += piece.bytes.length;
    }
    return this.#waiting.splice(0, count);
  }
}

function joined(pieces: readonly Piece[]): Uint8Array {
  return pieces.length === 1 ? pieces[0]!.bytes : Buffer.concat(pieces.map(({ bytes }) => bytes));
}
