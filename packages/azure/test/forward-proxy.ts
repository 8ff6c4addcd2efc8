import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

import { onTestFinished } from 'vitest';

export interface ForwardProxy {
  url: string;
  /** `host:port` of each tunnel it was asked for. */
  tunnels: string[];
  /** The URLs it was asked for otherwise. */
  others: string[];
}

/** A forward proxy on loopback, until the test ends. It leads to loopback only, and notes what it is asked for. */
export async function startProxy(): Promise<ForwardProxy> {
  const tunnels: string[] = [];
  const others: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    others.push(request.url ?? '');
    response.writeHead(502).end();
  });
  server.on('connect', (request, client: Socket, head) => {
    tunnels.push(request.url ?? '');
    const [host = '', port = ''] = (request.url ?? '').split(':');
    if (host !== '127.0.0.1') {
      client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels, others };
}
