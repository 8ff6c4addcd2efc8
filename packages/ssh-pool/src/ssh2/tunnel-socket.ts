import { Duplex } from 'node:stream';
import type { RawChannel } from './raw-channel.ts';

/** A connection through a jump host, as a stream: to ssh2 it is a socket like any other. */
export class TunnelSocket extends Duplex {
  readonly #channel: RawChannel;

  constructor(channel: RawChannel) {
    super();
    this.#channel = channel;
    channel.listen({
      onData: (chunk) => this.push(chunk),
      onErrorData: () => {},
      onEof: () => this.push(null),
      onExit: () => {},
      onClose: () => this.destroy(),
    });
    // What Node hands to the reader is consumed: the window follows the reader, not the arrival.
    this.on('data', (chunk: Buffer) => channel.consumed(chunk.length));
    this.pause();
  }

  override _read(): void {
    // Data comes by itself, as far as the window allows.
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    const rest = this.#channel.write(chunk);
    if (rest.length === 0) done();
    else this.#channel.whenWritable(() => this._write(rest, _encoding, done));
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#channel.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#channel.close();
    done(error);
  }
}
