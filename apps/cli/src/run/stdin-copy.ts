import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io, Stdin } from '../io.ts';

/** What a command reads on each machine. */
export interface StdinSource {
  /** For one more machine, from the beginning. */
  copy(): Uint8Array | AsyncIterable<Uint8Array>;
  /** Nothing is read any more, and nothing is left behind. */
  close(): Promise<void>;
}

/** Up to here it stays in memory, and goes out with the command. */
const MOST_IN_MEMORY = 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;

export function stdinOfBytes(bytes: Uint8Array): StdinSource {
  return { copy: () => bytes, close: () => Promise.resolve() };
}

/** As it comes: for one machine only. */
export function stdinAsItComes(stdin: Stdin): StdinSource {
  return { copy: () => stdin.bytes, close: () => Promise.resolve(stdin.close()) };
}

/**
 * Reads stdin to its end, for many machines. What is too long for memory goes to a file that nobody else can read, and
 * that has no name any more by the time this resolves (on Windows, until it is closed).
 *
 * @throws the signal's reason
 */
export async function stdinForMany(io: Io, signal: AbortSignal): Promise<StdinSource> {
  const stdin = io.stdin();
  const close = (): void => stdin.close();
  signal.addEventListener('abort', close, { once: true });
  const spool = new Spool(io);
  try {
    const head: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of stdin.bytes) {
      length += chunk.length;
      if (length <= MOST_IN_MEMORY) head.push(chunk);
      else {
        for (const early of head.splice(0)) await spool.append(early);
        await spool.append(chunk);
      }
    }
    signal.throwIfAborted();
    return length <= MOST_IN_MEMORY ? stdinOfBytes(Buffer.concat(head)) : spool;
  } catch (error) {
    await spool.close();
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}

/** One file, read by all machines at their own pace through one descriptor. */
class Spool implements StdinSource {
  readonly #io: Io;
  #file: FileHandle | undefined;
  #directory: string | undefined;
  #length = 0;

  constructor(io: Io) {
    this.#io = io;
  }

  async append(chunk: Uint8Array): Promise<void> {
    const file = (this.#file ??= await this.#open());
    for (let offset = 0; offset < chunk.length;) {
      const { bytesWritten } = await file.write(chunk, offset, chunk.length - offset, this.#length + offset);
      offset += bytesWritten;
    }
    this.#length += chunk.length;
  }

  async *copy(): AsyncGenerator<Uint8Array> {
    for (let position = 0; position < this.#length;) {
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
      const { bytesRead } = await this.#file!.read(buffer, 0, CHUNK_BYTES, position);
      if (bytesRead === 0) throw new Error('the copy of stdin was cut off');
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
    await this.#remove();
  }

  async #open(): Promise<FileHandle> {
    const parent = this.#io.env['TMPDIR'] || tmpdir();
    this.#directory = await mkdtemp(join(parent, 'azfleet-stdin-')); // 0700 by itself
    const file = await open(join(this.#directory, 'stdin'), 'wx+', 0o600);
    // Nothing is left then, however this process ends. Windows removes no open file.
    if (this.#io.platform !== 'win32') await this.#remove();
    return file;
  }

  async #remove(): Promise<void> {
    if (this.#directory !== undefined) await rm(this.#directory, { recursive: true, force: true });
    this.#directory = undefined;
  }
}
