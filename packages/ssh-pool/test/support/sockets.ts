import type { Duplex } from 'node:stream';
import { tcpConnector } from '../../src/connection/connector.ts';
import type { Connector } from '../../src/index.ts';

/** TCP, with a count of the sockets that are open. */
export interface CountedSockets {
  readonly connector: Connector;
  readonly open: number;
  readonly most: number;
  readonly all: readonly Duplex[];
}

export function countingConnector(): CountedSockets {
  const open = new Set<Duplex>();
  let most = 0;
  return {
    connector: async (address, options) => {
      const socket = (await tcpConnector(address, options)) as unknown as Duplex;
      open.add(socket);
      most = Math.max(most, open.size);
      socket.on('close', () => open.delete(socket));
      return socket;
    },
    get open() {
      return open.size;
    },
    get most() {
      return most;
    },
    get all() {
      return [...open];
    },
  };
}
