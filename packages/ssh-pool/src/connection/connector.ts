import { Socket } from 'node:net';

/**
 * A connected two-way stream of bytes: a `net.Socket`, or any other `Duplex` of `node:stream`. (Only this much of it is
 * written down, so that the types need no others.)
 */
export interface ByteStream {
  readonly readable: boolean;
  readonly writable: boolean;
  // oxlint-disable-next-line typescript/no-explicit-any -- what Node's own overloads are compatible with
  on(event: string, listener: (...values: any[]) => void): unknown;
  write(chunk: Uint8Array): boolean;
  end(): unknown;
  destroy(error?: Error): unknown;
  pause(): unknown;
  resume(): unknown;
}

/** Opens the socket of a connection. When the signal is aborted, nothing must be left open. */
export type Connector = (
  address: { readonly host: string; readonly port: number },
  options: { readonly signal: AbortSignal },
) => Promise<ByteStream>;

/** TCP, without Nagle's algorithm from the first byte on: SSH's small messages must not wait for each other. */
export const tcpConnector: Connector = ({ host, port }, { signal }) =>
  new Promise((resolve, reject) => {
    // Before it connects: as an option of connect() it would be ignored.
    const socket = new Socket().setNoDelay(true);
    const abort = (): void => {
      socket.once('close', () => reject(signal.reason as Error));
      socket.destroy();
    };
    const done = (): void => signal.removeEventListener('abort', abort);
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', (error) => {
      done();
      reject(error);
    });
    socket.connect({ host, port }, () => {
      done();
      resolve(socket);
    });
  });
