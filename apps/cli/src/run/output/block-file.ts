import { closeSync, mkdtempSync, openSync, read, rmSync, write } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CliError } from '../../errors.ts';
import { ExitCode } from '../../exit-codes.ts';

/** Room in the file is given out in pieces of this length. */
export const BLOCK_BYTES = 64 * 1024;

const readAt = promisify(read);
const writeAt = promisify(write);

/**
 * Blocks of bytes in one temporary file (0600). Its name is removed as soon as it is open: no other process can open it,
 * and however this one ends, the system takes the room back. It takes one descriptor, however much is in it.
 */
export class BlockFile {
  readonly #directory: string;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #free: number[] = [];
  #count = 0;
  #descriptor: number | undefined;
  /** What could not be removed while it was open: some file systems do not allow it. */
  #leftOver: string | undefined;
  #isClosed = false;

  constructor(directory = tmpdir()) {
    this.#directory = directory;
  }

  /** The number of a block that nobody uses. */
  allocate(): number {
    return this.#free.pop() ?? this.#count++;
  }

  release(blocks: readonly number[]): void {
    for (const block of blocks) this.#free.push(block);
  }

  /** After `close` it does nothing. @throws CliError where there is no room */
  async write(block: number, offset: number, bytes: Uint8Array): Promise<void> {
    let written = 0;
    try {
      while (written < bytes.length && !this.#isClosed) {
        const position = block * BLOCK_BYTES + offset + written;
        const { bytesWritten } = await this.#tracked(
          writeAt(this.#open(), bytes, written, bytes.length - written, position),
        );
        written += bytesWritten;
      }
    } catch (error) {
      throw this.#cannotKeep(error);
    }
  }

  /** Fills the buffer from the beginning of a block, which has as many bytes. */
  async read(block: number, into: Uint8Array): Promise<void> {
    let got = 0;
    while (got < into.length && !this.#isClosed) {
      const position = block * BLOCK_BYTES + got;
      const { bytesRead } = await this.#tracked(readAt(this.#open(), into, got, into.length - got, position));
      if (bytesRead === 0) throw this.#cannotKeep({ code: 'EIO' });
      got += bytesRead;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#underWay);
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    if (this.#leftOver !== undefined) rmSync(this.#leftOver, { recursive: true, force: true });
    this.#leftOver = undefined;
  }

  #open(): number {
    if (this.#descriptor !== undefined) return this.#descriptor;
    const own = mkdtempSync(join(this.#directory, 'azfleet-run-')); // 0700 by itself
    try {
      this.#descriptor = openSync(join(own, 'output'), 'wx+', 0o600);
    } finally {
      try {
        rmSync(own, { recursive: true, force: true });
      } catch {
        this.#leftOver = own;
      }
    }
    return this.#descriptor;
  }

  async #tracked<T>(operation: Promise<T>): Promise<T> {
    this.#underWay.add(operation);
    try {
      return await operation;
    } finally {
      this.#underWay.delete(operation);
    }
  }

  #cannotKeep(cause: unknown): CliError {
    const { code } = cause as NodeJS.ErrnoException;
    return new CliError('OUTPUT', `the output cannot be kept in ${this.#directory} (${code})`, {
      exitCode: ExitCode.someFailed,
      hint: 'make room there, or name another directory with TMPDIR',
      cause,
    });
  }
}
