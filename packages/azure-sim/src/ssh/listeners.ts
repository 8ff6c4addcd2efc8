import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { AzureSimError } from '../errors.ts';
import type { SimSshEndpoint } from './sim-ssh.ts';

export interface ListenersOptions {
  readonly reach: 'addresses' | 'ports';
  /** 0: any free one, the same for all addresses. */
  readonly port: number;
  readonly accept: (socket: Socket, address: string) => void;
}

/**
 * A listening socket for each address, on loopback only. One for all of them would have to listen on every interface,
 * and could not refuse a connection to one of them.
 */
export class Listeners {
  readonly #options: ListenersOptions;
  readonly #servers = new Map<string, Server>();
  readonly #closing = new Set<Promise<unknown>>();
  /** In the mode `ports`: an address keeps its port, also while nothing listens. */
  readonly #ports = new Map<string, number>();
  #holder: Server | undefined;
  #port: number | undefined;

  constructor(options: ListenersOptions) {
    this.#options = options;
  }

  /** The port of all addresses. */
  get port(): number | undefined {
    return this.#port;
  }

  /** @throws AzureSimError `LISTEN_FAILED` */
  async start(addresses: Iterable<string>): Promise<void> {
    if (this.#options.reach === 'addresses') await this.#choosePort();
    await Promise.all(this.set(addresses));
  }

  /** Listens on these addresses and no others. What is returned settles when the new ones listen. */
  set(addresses: Iterable<string>): Promise<void>[] {
    const wanted = new Set(addresses);
    for (const [address, server] of this.#servers) {
      if (wanted.has(address)) continue;
      this.#servers.delete(address);
      this.#close(server);
    }
    return [...wanted].filter((address) => !this.#servers.has(address)).map((address) => this.#open(address));
  }

  endpoints(): Map<string, SimSshEndpoint> {
    const { reach } = this.#options;
    return new Map(
      [...this.#servers].flatMap(([address, server]) => {
        const port = portOf(server);
        return port === undefined ? [] : [[address, { host: reach === 'ports' ? '127.0.0.1' : address, port }]];
      }),
    );
  }

  /** The connections are to be destroyed before. */
  async close(): Promise<void> {
    for (const server of this.#servers.values()) this.#close(server);
    this.#servers.clear();
    if (this.#holder !== undefined) this.#close(this.#holder);
    await Promise.all(this.#closing);
  }

  /** A free port is held at 127.0.0.1, which is no machine's, so that no other simulator takes the same one. */
  async #choosePort(): Promise<void> {
    this.#port = this.#options.port;
    if (this.#port !== 0) return;
    this.#holder = createServer((socket) => socket.destroy());
    await listen(this.#holder, { host: '127.0.0.1', port: 0 });
    this.#port = portOf(this.#holder);
  }

  async #open(address: string): Promise<void> {
    const server = createServer({ noDelay: true }, (socket) => this.#options.accept(socket, address));
    this.#servers.set(address, server);
    const endpoint =
      this.#options.reach === 'ports'
        ? { host: '127.0.0.1', port: this.#ports.get(address) ?? 0 }
        : { host: address, port: this.#port ?? 0 };
    try {
      await listen(server, endpoint);
      this.#ports.set(address, portOf(server) ?? 0);
    } catch (error) {
      if (this.#servers.get(address) === server) this.#servers.delete(address);
      throw error;
    }
  }

  /** At once, if it listens; otherwise as soon as it does or cannot. */
  #close(server: Server): void {
    const closed = new Promise<void>((resolve) => {
      const close = (): void => void server.close(() => resolve());
      if (server.listening) close();
      else server.once('listening', close).once('error', () => resolve());
    });
    this.#closing.add(closed);
    void closed.then(() => this.#closing.delete(closed));
  }
}

function portOf(server: Server): number | undefined {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : undefined;
}

async function listen(server: Server, { host, port }: SimSshEndpoint): Promise<void> {
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (cause) {
    const hint = "Give another port, or 0 for any that is free; or `reach: 'ports'`.";
    throw new AzureSimError('LISTEN_FAILED', `Cannot listen on ${host}, port ${port}, for SSH.`, { hint, cause });
  }
}
