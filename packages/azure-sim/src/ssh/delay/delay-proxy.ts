import { connect, type Socket } from 'node:net';
import { checkedNumber } from '../../checked-number.ts';
import { systemClock, type Clock } from '../../clock.ts';
import { delayedEnd } from './delayed-end.ts';
import { Listeners } from '../listeners.ts';

export interface DelayProxyOptions {
  /** Where it connects to. */
  readonly target: { readonly host: string; readonly port: number };
  /** Milliseconds there and back, together. */
  readonly roundTripMs: number;
  /** @default Node's own */
  readonly clock?: Clock;
}

/** A slow line to any TCP server. */
export interface DelayProxy extends AsyncDisposable {
  /** Where it listens, at 127.0.0.1. */
  readonly port: number;
  /**
   * Round trips that clients waited for, summed over the connections: what was sent without waiting for each other counts
   * as one.
   */
  flights(): number;
  /** Connections so far. */
  connections(): number;
  /** Breaks all connections and frees the port. */
  close(): Promise<void>;
}

/**
 * Starts a proxy on a loopback port that delays what passes and counts its round trips. (Loopback's own connect is not
 * delayed.)
 *
 * @throws AzureSimError `INVALID_OPTION`, `LISTEN_FAILED`
 */
export async function startDelayProxy(options: DelayProxyOptions): Promise<DelayProxy> {
  const { target, clock = systemClock } = options;
  const roundTripMs = checkedNumber('roundTripMs', options.roundTripMs, { min: 0 });
  const sockets = new Set<Socket>();
  let flights = 0;
  let connections = 0;
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  };
  const accept = (client: Socket): void => {
    connections += 1;
    const upstream = connect({ ...target, noDelay: true });
    track(client);
    track(upstream);
    const far = delayedEnd(client, { clock, roundTripMs, onFlight: () => (flights += 1) });
    far.pipe(upstream).pipe(far);
    far.once('close', () => upstream.destroy());
    // What it has sent still arrives.
    upstream.once('close', () => far.end());
  };
  const listeners = new Listeners({ reach: 'ports', port: 0, accept });
  await listeners.start(['proxy']);
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await listeners.close();
  };
  return {
    port: listeners.endpoints().get('proxy')?.port ?? 0,
    flights: () => flights,
    connections: () => connections,
    close,
    [Symbol.asyncDispose]: close,
  };
}
