import type { Duplex } from 'node:stream';
import type { ParsedKey, Server, ServerConnection, Ssh2 } from 'ssh2';
import type { Clock } from '../clock.ts';
import type { SimMachine } from '../fleet/machine.ts';
import type { ClientKey } from './client-key.ts';
import { makeKeyPair, type KeyPair } from './key-pair.ts';
import type { ResolvedSshOptions } from './options.ts';
import { serveSession } from './session.ts';
import { signIn } from './sign-in.ts';
import type { SshStatsCounter } from './stats.ts';

/** What all hosts share. */
export interface HostContext {
  readonly ssh2: Ssh2;
  readonly options: ResolvedSshOptions;
  readonly clock: Clock;
  readonly stats: SshStatsCounter;
  readonly clientKey: ClientKey;
  /** When the simulator started, in milliseconds since the Unix epoch. */
  readonly startedAtMs: number;
}

/** The SSH server of one machine. It listens nowhere: it is given its connections. */
export class SshHost {
  readonly #context: HostContext;
  readonly #clientKey: ParsedKey;
  #machine: SimMachine;
  #hostKey: KeyPair;
  #server: Server | undefined;
  /** Connections that are not signed in. ssh2 tells of one only when it has said hello. */
  readonly #starting = new Set<Duplex>();

  constructor(context: HostContext, machine: SimMachine) {
    this.#context = context;
    this.#machine = machine;
    this.#hostKey = makeKeyPair();
    const key = context.ssh2.utils.parseKey(context.clientKey.publicText);
    if (key instanceof Error) throw key;
    this.#clientKey = key;
  }

  get hostKey(): string {
    return this.#hostKey.publicText;
  }

  changeHostKey(): void {
    this.#hostKey = makeKeyPair();
    this.#server = undefined;
  }

  /** @param machine as it is now */
  serve(socket: Duplex, machine: SimMachine): void {
    const { options, stats } = this.#context;
    if (this.#starting.size >= options.maxStartups) {
      stats.count('refusedStartups');
      socket.destroy();
      return;
    }
    this.#machine = machine;
    this.#server ??= this.#makeServer();
    this.#starting.add(socket);
    socket.once('close', () => this.#starting.delete(socket));
    this.#server.injectSocket(socket);
  }

  #makeServer(): Server {
    const { Server } = this.#context.ssh2;
    const config = { hostKeys: [this.#hostKey.privateText], ident: 'azure-sim' };
    return new Server(config, (connection) => this.#welcome(connection));
  }

  #welcome(connection: ServerConnection): void {
    const { clientKey, options, stats } = this.#context;
    const machine = this.#machine;
    const open = new Set<() => void>();
    // A client may go away at any time, and in any way.
    connection.on('error', () => {});
    connection.on('close', () => {
      for (const close of open) close();
    });
    connection.on('authentication', (context) =>
      signIn(context, machine.adminUsername, clientKey.publicBlob, this.#clientKey),
    );
    connection.on('ready', () => {
      this.#starting.delete(connection._sock);
      stats.count('handshakes');
    });
    connection.on('session', (accept, reject) => {
      if (open.size >= options.maxSessions) {
        stats.count('refusedSessions');
        reject();
        return;
      }
      const counted = stats.openSession();
      const stop = new AbortController();
      // ssh2 tells of a session's end only where its channel was closed, not where the connection was.
      const close = (): void => {
        if (!open.delete(close)) return;
        counted();
        stop.abort();
      };
      open.add(close);
      const session = accept();
      session.on('close', close);
      serveSession(session, { ...this.#context, machine, closed: stop.signal });
    });
  }
}
