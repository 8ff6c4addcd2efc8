import type { Duplex } from 'node:stream';
import type { OpenSocket } from './connect.ts';
import type { ConnectionUser } from './connection-user.ts';
import type { Connection } from './connection.ts';

/** Sockets that go on from a jump host. Each keeps the jump host's connection in use for as long as it is open. */
export function openThrough(jump: Connection): OpenSocket {
  return (hop, signal) =>
    new Promise((resolve, reject) => {
      const user: ConnectionUser = {
        onOpen: () => {
          jump.openTunnel(hop.host, hop.port).then(use, (error: Error) => {
            settled();
            jump.leave(user);
            reject(error);
          });
        },
        onFail: (error) => {
          settled();
          reject(error);
        },
      };
      const use = (socket: Duplex): void => {
        socket.once('close', () => jump.leave(user));
        if (signal.aborted) {
          socket.destroy();
          return;
        }
        settled();
        // As a net.Socket does: whether this connection keeps the process running is up to those who use it.
        resolve(Object.assign(socket, { ref: () => jump.doze(user, false), unref: () => jump.doze(user, true) }));
      };
      const giveUp = (): void => {
        jump.leave(user);
        reject(signal.reason as Error);
      };
      const settled = (): void => signal.removeEventListener('abort', giveUp);
      signal.addEventListener('abort', giveUp, { once: true });
      jump.join(user);
    });
}
