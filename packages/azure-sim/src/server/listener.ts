import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { AzureSimError } from '../errors.ts';
import type { ServerIdentity } from '../tls/certificate.ts';

/** A server that listens. */
export interface Listener {
  readonly server: Server;
  readonly port: number;
  /** Destroys every connection, idle or not, and resolves when the port is free. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** Without it, the server speaks plain http. */
  readonly identity?: ServerIdentity;
}

/**
 * Starts a server. The caller adds the handler before it waits for anything else: no request is read before that.
 *
 * @throws AzureSimError `LISTEN_FAILED`
 */
export async function listen({ host, port, identity }: ListenOptions): Promise<Listener> {
  const server: Server =
    identity === undefined
      ? createHttpServer()
      : createHttpsServer({ cert: identity.certificate, key: identity.privateKey });
  // As long as Azure's: with Node's 5 s, clients that pause would find their connection just being closed.
  server.keepAliveTimeout = 120_000;
  const sockets = trackSockets(server);
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (cause) {
    const hint = 'Give another port, or 0 for any that is free.';
    throw new AzureSimError('LISTEN_FAILED', `Cannot listen on ${host}, port ${port}.`, { hint, cause });
  }
  const address = server.address();
  return {
    server,
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Also the connections that have not finished their TLS hand-shake, which `closeAllConnections` does not know. */
function trackSockets(server: Server): Set<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}
