import { type Socket, connect, createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * A proxy that counts flights. Every piece that the client sends is one flight later than the latest piece that it had
 * heard of; every piece of the server belongs to the latest flight that had reached it. So what is counted is what
 * waits for what, and not how long anything takes. The delay only keeps what is sent together, together.
 */
export interface FlightProxy {
  readonly port: number;
  /** The latest flight whose answer the client has. */
  flights(): number;
  /** Bytes that came from the server. */
  serverBytes(): number;
  /** From now on nothing gets through, as with a broken line. */
  cut(): void;
}

export async function startFlightProxy(targetPort: number, delayMs = 10): Promise<FlightProxy> {
  let heardByClient = 0;
  let heardByServer = 0;
  let serverBytes = 0;
  let isCut = false;
  const sockets = new Set<Socket>();
  const later = (action: () => void): void => void setTimeout(action, delayMs);

  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('data', (data) => {
      if (isCut) return;
      const flight = heardByClient + 1;
      later(() => {
        heardByServer = Math.max(heardByServer, flight);
        upstream.write(data);
      });
    });
    upstream.on('data', (data) => {
      if (isCut) return;
      serverBytes += data.length;
      const flight = heardByServer;
      later(() => {
        heardByClient = Math.max(heardByClient, flight);
        client.write(data);
      });
    });
    client.on('close', () => later(() => upstream.destroy()));
    upstream.on('close', () => later(() => client.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    port: (server.address() as { port: number }).port,
    flights: () => heardByClient,
    serverBytes: () => serverBytes,
    cut: () => {
      isCut = true;
    },
  };
}
