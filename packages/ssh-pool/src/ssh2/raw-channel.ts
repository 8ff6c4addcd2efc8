import type { Channel, Client } from 'ssh2';

/** What a channel tells its user. After `onClose` there is nothing more. */
export interface ChannelEvents {
  onData(chunk: Buffer): void;
  onErrorData(chunk: Buffer): void;
  onEof(): void;
  onExit(exitCode: number | null, signal: string | null): void;
  /** Once, whatever happened: the remote closed it, or the connection is gone (`lost`). */
  onClose(lost: boolean): void;
}

/**
 * One channel, with its flow control in our own hands. ssh2 puts what arrives into two Node streams of 2 MB, lets stderr
 * widen the window while stdout is full, and throws in a later tick when the connection has gone. Here data goes
 * straight to the user, and the remote may send more only for what the user has consumed.
 */
export class RawChannel {
  readonly #client: Client;
  readonly #channel: Channel;
  readonly #window: number;
  #events: ChannelEvents | undefined;
  #consumed = 0;
  #closed = false;
  #closing = false;
  #onWindow: (() => void) | undefined;
  #onClosed: (() => void) | undefined;

  /** @param window The bytes that the remote was told it may send. */
  constructor(client: Client, channel: Channel, window: number) {
    this.#client = client;
    this.#channel = channel;
    this.#window = window;
    channel.incoming.window = window;
    // ssh2 takes "false" as "the reader is behind" and leaves the window as it is.
    channel.push = (chunk: Buffer | null) => {
      if (chunk === null) this.#eof();
      else this.#events?.onData(chunk);
      return false;
    };
    channel.stderr.push = (chunk) => {
      if (chunk === null) channel.stderr.readable = false;
      else this.#events?.onErrorData(chunk);
      return false;
    };
    channel.on('error', () => {});
    channel.on('exit', (code: number | null, signal?: string) => this.#events?.onExit(code, signal ?? null));
    channel.on('close', () => this.#close(false));
  }

  /** For who keeps the count; its user listens with {@link RawChannel.listen}. */
  whenClosed(callback: () => void): void {
    this.#onClosed = callback;
  }

  listen(events: ChannelEvents): void {
    this.#events = events;
  }

  /** Sends the command, and hands the server's answer on: `closed` when it closed the channel without any. */
  exec(command: string, answer: (answer: 'taken' | 'refused' | 'closed') => void): void {
    this.#channel._callbacks.push((failed) => {
      if (!failed) answer('taken');
      else answer(this.#channel.incoming.state === 'closed' ? 'closed' : 'refused');
    });
    this.#send(() => this.#client._protocol.exec(this.#channel.outgoing.id, command, true));
  }

  /** The user is done with so many bytes: the remote may send as many more. */
  consumed(bytes: number): void {
    this.#consumed += bytes;
    if (this.#consumed < this.#window / 2 || this.#closed || this.#closing) return;
    const amount = this.#consumed;
    this.#consumed = 0;
    this.#channel.incoming.window += amount;
    this.#send(() => this.#client._protocol.channelWindowAdjust(this.#channel.outgoing.id, amount));
  }

  /** Sends what the remote has room for, and gives the rest back. */
  write(chunk: Buffer): Buffer {
    const { outgoing } = this.#channel;
    let rest = chunk;
    while (rest.length > 0 && outgoing.window > 0 && this.#isOpen()) {
      const part = rest.subarray(0, Math.min(outgoing.window, outgoing.packetSize));
      outgoing.window -= part.length;
      this.#send(() => this.#client._protocol.channelData(outgoing.id, part));
      rest = rest.subarray(part.length);
    }
    return this.#isOpen() ? rest : Buffer.alloc(0);
  }

  /** Calls back when the remote has room again, or the channel is closed. */
  whenWritable(callback: () => void): void {
    if (!this.#isOpen()) {
      callback();
      return;
    }
    this.#onWindow = callback;
    this.#channel._waitWindow = true;
    this.#channel._chunkcb = () => this.#wakeWriter();
  }

  /** Nothing more will be written. */
  end(): void {
    if (this.#channel.outgoing.state !== 'open' || !this.#isOpen()) return;
    this.#channel.outgoing.state = 'eof';
    this.#send(() => this.#client._protocol.channelEOF(this.#channel.outgoing.id));
  }

  /** Asks the remote to end the command. Servers before OpenSSH 7.9 do not listen to that. */
  signal(name: string): void {
    if (this.#isOpen()) this.#send(() => this.#client._protocol.signal(this.#channel.outgoing.id, name));
  }

  close(): void {
    if (!this.#isOpen()) return;
    this.#closing = true;
    this.#channel.outgoing.state = 'closing';
    this.#send(() => this.#client._protocol.channelClose(this.#channel.outgoing.id));
    this.#wakeWriter();
  }

  /** The connection is gone, and the channel with it. */
  lost(): void {
    this.#close(true);
  }

  #isOpen(): boolean {
    return !this.#closed && !this.#closing;
  }

  #eof(): void {
    // Nobody reads the Node stream: ssh2 must not wait for its end before it says that the channel is closed.
    if (!this.#channel.readable) return;
    this.#channel.readable = false;
    this.#events?.onEof();
  }

  #close(lost: boolean): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#wakeWriter();
    this.#events?.onClose(lost);
    this.#onClosed?.();
  }

  #wakeWriter(): void {
    const wake = this.#onWindow;
    this.#onWindow = undefined;
    wake?.();
  }

  #send(message: () => void): void {
    try {
      message();
    } catch {
      // The connection has just gone; that it did is told by its "close".
    }
  }
}
