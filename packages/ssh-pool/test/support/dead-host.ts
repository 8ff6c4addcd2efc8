import { type Socket, createServer } from 'node:net';
import { onTestFinished } from 'vitest';

export interface DeadHost {
  readonly port: number;
  /** Connections that it holds at present. */
  readonly held: number;
  accepted: number;
}

/** A host that accepts and says nothing; or says `greeting` first; or hangs up after so many bytes from the client. */
export async function startDeadHost(options: { greeting?: string; dropAfterBytes?: number } = {}): Promise<DeadHost> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    host.accepted += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let bytes = 0;
    socket.on('data', (data) => {
      bytes += data.length;
      if (bytes >= (options.dropAfterBytes ?? Infinity)) socket.destroy();
    });
    if (options.greeting !== undefined) socket.write(options.greeting);
    if (options.dropAfterBytes === 0) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as { port: number };
  const host = {
    port,
    accepted: 0,
    get held() {
      return sockets.size;
    },
  };
  return host;
}
