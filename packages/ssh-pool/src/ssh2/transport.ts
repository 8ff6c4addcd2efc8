import type { Duplex } from 'node:stream';
import ssh2, { type Channel, type Client } from 'ssh2';
import { SshPoolError, foreignText, isOutOfDescriptors, outOfDescriptors, systemCode } from '../errors.ts';
import type { HostKeyGuard } from '../host-keys/host-key-guard.ts';
import type { Authentication } from './authentication.ts';
import { RawChannel } from './raw-channel.ts';
import { TunnelSocket } from './tunnel-socket.ts';

export interface TransportEvents {
  /** The machine is who it should be; now the user has to be. */
  onAuthenticating(): void;
  onReady(): void;
  /** Once: the socket is closed. The error says why, unless {@link Transport.end} or {@link Transport.destroy} did it. */
  onClosed(error: SshPoolError): void;
}

export interface TransportOptions {
  readonly socket: Duplex;
  readonly label: string;
  readonly user: string;
  readonly guard: HostKeyGuard;
  readonly authentication: Authentication;
}

/** Why a server does not open a channel. */
export interface OpenRefusal {
  /** Not now and not later. */
  readonly isProhibited: boolean;
  readonly description: string;
}

// RFC 4254, 5.1: administratively prohibited, unknown channel type.
const finalReasons = new Set<unknown>([1, 3]);

// What the remote may send on a session before we have consumed any of it: at 50 ms, 20 MB a second.
const sessionWindow = 1024 * 1024;
const tunnelWindow = 2 * 1024 * 1024;
const packetSize = 32 * 1024;

/** One SSH connection: ssh2's client with its surprises taken out. Internals of ssh2 are used here and nowhere above. */
export class Transport {
  readonly #client: Client = new ssh2.Client();
  readonly #socket: Duplex;
  readonly #label: string;
  readonly #events: TransportEvents;
  readonly #channels = new Set<RawChannel>();
  readonly #authentication: Authentication;
  #failure: SshPoolError | undefined;
  #isAuthenticating = false;
  #isReady = false;
  #isClosed = false;

  constructor(options: TransportOptions, events: TransportEvents) {
    const { socket, guard, authentication, user } = options;
    this.#socket = socket;
    this.#label = options.label;
    this.#events = events;
    this.#authentication = authentication;
    const client = this.#client;
    // Stays for good: an error without a listener ends the process, and ssh2 has late and second ones.
    client.on('error', (error: Error & { level?: string }) => this.#noteError(error));
    socket.on('error', () => {});
    client.on('handshake', () => {
      // Again at every later exchange of keys.
      if (this.#isAuthenticating || this.#isReady) return;
      this.#isAuthenticating = true;
      // Asks no proof of host keys that nobody stores: that would cost both sides a signature a key.
      client._remoteVer = '';
      events.onAuthenticating();
    });
    client.on('ready', () => {
      this.#isAuthenticating = false;
      this.#isReady = true;
      events.onReady();
    });
    client.on('end', () => this.destroy());
    client.on('close', () => this.#closed());
    client.connect({
      sock: socket,
      username: user,
      readyTimeout: 0,
      keepaliveInterval: 0,
      algorithms: { serverHostKey: guard.algorithms() },
      hostVerifier: (key, verify) => {
        this.#failure ??= guard.refusal(key);
        verify(this.#failure === undefined);
      },
      authHandler: (_methodsLeft, _isPartial, next) => {
        authentication.next((method) => {
          if (!this.#isClosed) guarded(() => next(method));
        });
      },
    });
    authentication.attach(client);
  }

  /** Opens a session that no command is sent on yet. */
  openSession(opened: (channel: RawChannel) => void, refused: (refusal: OpenRefusal) => void): void {
    const { _chanMgr: channels, _protocol: protocol } = this.#client;
    const callback = (error: (Error & { reason?: number | string }) | undefined, channel?: Channel): void => {
      if (channel === undefined) refused(refusalOf(error));
      else opened(this.#adopt(channel, sessionWindow));
    };
    const id = channels.add(Object.assign(callback, { type: 'session' }));
    guarded(() => protocol.session(id, sessionWindow, packetSize));
  }

  /** A connection from there to somewhere else. */
  openTunnel(
    host: string,
    port: number,
    opened: (socket: Duplex) => void,
    refused: (refusal: OpenRefusal) => void,
  ): void {
    guarded(() =>
      this.#client.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
        if (error) refused(refusalOf(error));
        else opened(new TunnelSocket(this.#adopt(channel, tunnelWindow)));
      }),
    );
  }

  /** Calls back when the server answers: it is alive. */
  ping(answered: () => void): void {
    this.#client._callbacks.push(answered);
    guarded(() => this.#client._protocol.ping());
  }

  onTraffic(listener: () => void): void {
    this.#socket.on('data', listener);
  }

  /** Whether the open connection alone keeps the process running. */
  keepProcessAlive(keep: boolean): void {
    const socket = this.#socket as Duplex & { ref?: () => void; unref?: () => void };
    if (keep) socket.ref?.();
    else socket.unref?.();
  }

  /** Says goodbye and closes, without waiting for an answer. */
  end(): void {
    guarded(() => this.#client.end());
    const socket = this.#socket as Duplex & { destroySoon?: () => void };
    if (socket.destroySoon === undefined) socket.destroy();
    else socket.destroySoon();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #adopt(channel: Channel, window: number): RawChannel {
    const raw = new RawChannel(this.#client, channel, window);
    this.#channels.add(raw);
    channel.on('close', () => this.#channels.delete(raw));
    return raw;
  }

  #noteError(error: Error & { level?: string }): void {
    if (error.level === 'agent') {
      // One key could not sign; ssh2 goes on to the next.
      this.#authentication.note(error.message);
      return;
    }
    this.#failure ??= this.#explain(error);
    this.end();
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#events.onClosed(this.#failure ?? this.#lost());
    // Before ssh2 tells the channels: what it tells them looks like an ordinary end.
    for (const channel of this.#channels) channel.lost();
    this.#channels.clear();
  }

  #lost(cause?: unknown): SshPoolError {
    const [code, what] = this.#isReady
      ? (['SSH_CONNECTION_LOST', 'the connection was lost'] as const)
      : (['SSH_HANDSHAKE_FAILED', 'the server closed the connection during the hand-shake'] as const);
    return new SshPoolError(code, `${this.#label}: ${what}.`, { target: this.#label, cause });
  }

  #explain(error: Error & { level?: string }): SshPoolError {
    if (isOutOfDescriptors(error)) return outOfDescriptors(this.#label, error);
    if (error.level === 'client-authentication') return this.#authentication.failure(this.#label);
    if (this.#isAuthenticating && error.level === undefined) {
      // A message of the server, such as "Too many authentication failures".
      this.#authentication.refused(error.message);
      return this.#authentication.failure(this.#label);
    }
    if (error.level === 'client-socket' || error.level === 'protocol') {
      const lost = this.#lost(error);
      const code = systemCode(error);
      if (code === undefined) return lost;
      return new SshPoolError(lost.code, `${lost.message.slice(0, -1)} (${code}).`, {
        target: this.#label,
        cause: error,
      });
    }
    const code = this.#isReady ? 'SSH_CONNECTION_LOST' : 'SSH_HANDSHAKE_FAILED';
    const message = `${this.#label}: ${foreignText(error.message)}.`;
    return new SshPoolError(code, message, { target: this.#label, cause: error });
  }
}

function refusalOf(error: (Error & { reason?: number | string }) | undefined): OpenRefusal {
  const { reason, message = '' } = error ?? {};
  const description = message.replace('(SSH) Channel open failure: ', '');
  return { isProhibited: finalReasons.has(reason), description: foreignText(description) };
}

/** ssh2 throws when its connection has just gone. Its "close" event says so, too, and that is the one that counts. */
function guarded(action: () => unknown): void {
  try {
    action();
  } catch {
    // As above.
  }
}
