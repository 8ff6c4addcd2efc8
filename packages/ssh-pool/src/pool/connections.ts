import { type Clock, Timer } from '../clock.ts';
import type { ConnectServices } from '../connection/connect.ts';
import type { ConnectionEvents, ConnectionOptions } from '../connection/connection-user.ts';
import { Connection } from '../connection/connection.ts';
import { type Route, lastHop } from '../connection/hop.ts';
import { SshPoolError } from '../errors.ts';

/** Somebody who wants the connection at the end of a route. */
export interface ConnectionRequest {
  readonly route: Route;
  /** For a hand-shake that begins because of this request. */
  readonly connectMs: number;
  /** `reused`: the connection was open before. The request must join it at once. */
  onConnection(connection: Connection, reused: boolean): void;
  onRefused(error: SshPoolError): void;
}

export interface ConnectionsOptions extends Omit<ConnectionOptions, 'connectMs'> {
  readonly clock: Clock;
  readonly maxConnections: number;
  readonly maxIdle: number;
  readonly idleTimeoutMs: number;
}

/**
 * All connections: one a route, never more than `maxConnections`. Who needs a new one while there are as many waits in
 * line; the connection that nobody has used for longest makes way.
 */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #services: ConnectServices;
  readonly #all = new Set<Connection>();
  readonly #byKey = new Map<string, Connection>();
  /** Without a user, the one that was used longest ago first. */
  readonly #idle = new Map<Connection, Timer>();
  readonly #waiting = new Set<ConnectionRequest>();
  readonly #events: ConnectionEvents;
  #handshakes = 0;
  #isPumping = false;
  #isPumpWanted = false;
  #whenEmpty: (() => void) | undefined;

  constructor(options: ConnectionsOptions, services: ConnectServices) {
    this.#options = options;
    this.#services = services;
    this.#events = {
      onOpen: () => (this.#handshakes += 1),
      onBusy: (connection) => this.#unidle(connection),
      onIdle: (connection) => this.#becameIdle(connection),
      onRetired: (connection) => this.#retired(connection),
      onClosed: (connection) => this.#closed(connection),
    };
  }

  /** Gives the connection, at once or in turn. */
  request(request: ConnectionRequest): void {
    const hops = request.route.length;
    if (hops > this.#options.maxConnections) {
      const message = `The route has ${hops} hops, and maxConnections is ${this.#options.maxConnections}.`;
      request.onRefused(new SshPoolError('SSH_INVALID_OPTION', message));
      return;
    }
    if (this.#give(request)) return;
    this.#waiting.add(request);
    this.#pump();
  }

  cancel(request: ConnectionRequest): void {
    // Those behind it may need less than it did.
    if (this.#waiting.delete(request)) this.#pump();
  }

  /** Closes all connections, and resolves when their sockets are closed. */
  async close(error: SshPoolError): Promise<void> {
    for (const request of this.#waiting) request.onRefused(error);
    this.#waiting.clear();
    for (const connection of this.#all) connection.close(error);
    if (this.#all.size === 0) return;
    await new Promise<void>((resolve) => (this.#whenEmpty = resolve));
  }

  stats(): {
    connections: number;
    connecting: number;
    idle: number;
    channels: number;
    waiting: number;
    handshakes: number;
  } {
    const all = [...this.#all];
    return {
      connections: all.length,
      connecting: all.filter((connection) => connection.isConnecting).length,
      idle: this.#idle.size,
      channels: all.reduce((sum, connection) => sum + connection.sessionsAtWork, 0),
      waiting: this.#waiting.size,
      handshakes: this.#handshakes,
    };
  }

  /** Serves who can be served: in order, except that nobody waits behind others for a connection that exists. */
  #pump(): void {
    // Closing one connection for another calls back here, and so may whoever is served: that makes another round.
    this.#isPumpWanted = true;
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      while (this.#isPumpWanted) {
        this.#isPumpWanted = false;
        this.#serve();
      }
    } finally {
      this.#isPumping = false;
    }
  }

  #serve(): void {
    let isBlocked = false;
    for (const request of this.#waiting) {
      if (this.#give(request)) this.#waiting.delete(request);
      else if (!isBlocked && this.#makeRoom(request)) {
        this.#waiting.delete(request);
        this.#create(request);
      } else isBlocked = true;
    }
  }

  #give(request: ConnectionRequest): boolean {
    const connection = this.#byKey.get(lastHop(request.route).key);
    if (connection === undefined) return false;
    request.onConnection(connection, connection.isOpen);
    return true;
  }

  /** Whether all that the request needs can be opened now. If not, connections that nobody uses are closed for it. */
  #makeRoom({ route }: ConnectionRequest): boolean {
    const missing = route.filter(({ key }) => !this.#byKey.has(key)).length;
    const excess = this.#all.size + missing - this.#options.maxConnections;
    const kept = new Set(route.map(({ key }) => key));
    let closing = [...this.#all].filter(({ isClosing }) => isClosing).length;
    for (const connection of this.#idle.keys()) {
      if (closing >= excess) break;
      if (kept.has(connection.hop.key)) continue;
      connection.close();
      closing += 1;
    }
    return excess <= 0;
  }

  /** Opens the missing part of a route, all of it at once: nobody holds a place while waiting for another. */
  #create(request: ConnectionRequest): void {
    let parent: Connection | undefined;
    const created: Connection[] = [];
    for (const hop of request.route) {
      let connection = this.#byKey.get(hop.key);
      if (connection === undefined) {
        const options = { ...this.#options, connectMs: request.connectMs };
        connection = new Connection(hop, parent, this.#services, options, this.#events);
        this.#all.add(connection);
        this.#byKey.set(hop.key, connection);
        created.push(connection);
      }
      parent = connection;
    }
    const last = created.at(-1);
    if (last !== undefined) request.onConnection(last, false);
    // The nearest hop last: it must have its user by then.
    for (const connection of created.toReversed()) connection.start();
  }

  #becameIdle(connection: Connection): void {
    const timer = new Timer(this.#options.clock);
    timer.set(this.#options.idleTimeoutMs, () => connection.close());
    this.#idle.set(connection, timer);
    if (this.#idle.size > this.#options.maxIdle) this.#idle.keys().next().value?.close();
    this.#pump();
  }

  #unidle(connection: Connection): void {
    this.#idle.get(connection)?.clear();
    this.#idle.delete(connection);
  }

  #retired(connection: Connection): void {
    this.#unidle(connection);
    if (this.#byKey.get(connection.hop.key) === connection) this.#byKey.delete(connection.hop.key);
    // Who waits for this very route is better served by a new connection.
    this.#pump();
  }

  #closed(connection: Connection): void {
    this.#all.delete(connection);
    if (this.#all.size === 0) this.#whenEmpty?.();
    this.#pump();
  }
}
