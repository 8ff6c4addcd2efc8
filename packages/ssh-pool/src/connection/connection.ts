import type { Duplex } from 'node:stream';
import { Timer } from '../clock.ts';
import {
  SshPoolError,
  type SshPoolErrorCode,
  foreignText,
  isOutOfDescriptors,
  outOfDescriptors,
  seconds,
} from '../errors.ts';
import { connected, connecting, disconnected } from '../events.ts';
import type { Transport } from '../ssh2/transport.ts';
import { type ConnectPhase, type ConnectServices, connect, openDirect } from './connect.ts';
import type { Hop } from './hop.ts';
import type { ConnectionEvents, ConnectionOptions, ConnectionUser } from './connection-user.ts';
import { openThrough } from './jump.ts';
import { KeepAlive } from './keep-alive.ts';
import { SessionGate, type SessionWaiter } from './session-gate.ts';

/**
 * A connection and who uses it.
 *
 * ```
 * connecting ──ready──▶ open ──lifetime over──▶ retired
 *     │ no user left,     │ lost, evicted          │ no user left
 *     ▼ failed            ▼                        ▼
 *   closing ◀─────────────┴────────────────────────┘      closing ──socket closed──▶ closed
 * ```
 */
export class Connection {
  readonly hop: Hop;
  readonly #parent: Connection | undefined;
  readonly #services: ConnectServices;
  readonly #options: ConnectionOptions;
  readonly #events: ConnectionEvents;
  readonly #users = new Set<ConnectionUser>();
  readonly #dozing = new Set<ConnectionUser>();
  readonly #cancel = new AbortController();
  readonly #timer: Timer;
  readonly #closeTimer: Timer;
  readonly #startedAtMs: number;
  #state: 'connecting' | 'open' | 'retired' | 'closing' | 'closed' = 'connecting';
  #phase: ConnectPhase = 'tcp';
  #reason = '';
  #transport: Transport | undefined;
  #gate: SessionGate | undefined;
  #keepAlive: KeepAlive | undefined;

  constructor(
    hop: Hop,
    parent: Connection | undefined,
    services: ConnectServices,
    options: ConnectionOptions,
    events: ConnectionEvents,
  ) {
    this.hop = hop;
    this.#parent = parent;
    this.#services = services;
    this.#options = options;
    this.#events = events;
    this.#timer = new Timer(options.clock);
    this.#closeTimer = new Timer(options.clock);
    this.#startedAtMs = options.clock.now();
  }

  /** Begins the hand-shake. */
  start(): void {
    if (connecting.hasSubscribers) connecting.publish({ target: this.hop.label });
    this.#watchDeadline();
    void this.#connect();
  }

  get isConnecting(): boolean {
    return this.#state === 'connecting';
  }

  get isOpen(): boolean {
    return this.#state === 'open' || this.#state === 'retired';
  }

  /** Whether new users may join. */
  get isUsable(): boolean {
    return this.#state === 'connecting' || this.#state === 'open';
  }

  /** Whether its socket is on the way to be closed. */
  get isClosing(): boolean {
    return this.#state === 'closing';
  }

  get sessionsAtWork(): number {
    return this.#gate?.atWork ?? 0;
  }

  join(user: ConnectionUser): void {
    if (this.#users.size === 0 && this.#state === 'open') this.#events.onBusy(this);
    this.#transport?.keepProcessAlive(true);
    this.#users.add(user);
    if (this.isOpen) user.onOpen();
  }

  /** A user that is idle itself does not keep the process running. */
  doze(user: ConnectionUser, dozes: boolean): void {
    if (dozes && this.#users.has(user)) this.#dozing.add(user);
    else this.#dozing.delete(user);
    this.#transport?.keepProcessAlive(this.#dozing.size < this.#users.size);
  }

  leave(user: ConnectionUser): void {
    this.#dozing.delete(user);
    if (!this.#users.delete(user) || this.#users.size > 0) return;
    if (this.#state === 'connecting' || this.#state === 'retired') this.close();
    else if (this.#state === 'open') {
      this.#transport?.keepProcessAlive(false);
      this.#events.onIdle(this);
    }
  }

  acquireSession(waiter: SessionWaiter): void {
    this.#gate?.acquire(waiter);
  }

  cancelSession(waiter: SessionWaiter): void {
    this.#gate?.cancel(waiter);
  }

  /** Takes no further users, and closes when the present ones are done. */
  retire(): void {
    if (this.#state !== 'open') return;
    this.#state = 'retired';
    this.#events.onRetired(this);
    if (this.#users.size === 0) this.close();
  }

  /** Says goodbye and closes the socket; its users are told. */
  close(error?: SshPoolError): void {
    this.#fail(error ?? unwanted(this.hop), error?.code ?? 'closed');
  }

  async #connect(): Promise<void> {
    const signal = this.#cancel.signal;
    const openSocket = this.#parent === undefined ? openDirect(this.#services.connector) : openThrough(this.#parent);
    try {
      const transport = await connect(this.hop, openSocket, this.#services, {
        signal,
        onPhase: (phase) => (this.#phase = phase),
        onClosed: (error) => this.#lost(error),
      });
      this.#opened(transport);
    } catch (error) {
      // No socket was opened, or it is closed by now.
      this.#lost(asPoolError(this.hop, error));
    }
  }

  #opened(transport: Transport): void {
    this.#transport = transport;
    if (this.#state !== 'connecting') {
      // Given up between the last message and now.
      transport.end();
      return;
    }
    this.#state = 'open';
    const { clock, keepAliveIntervalMs, keepAliveMaxMissed, maxLifetimeMs } = this.#options;
    this.#timer.set(maxLifetimeMs, () => this.retire());
    this.#gate = new SessionGate(transport, this.hop.label, clock);
    this.#keepAlive = new KeepAlive(transport, {
      clock,
      intervalMs: keepAliveIntervalMs,
      maxMissed: keepAliveMaxMissed,
      onDead: () => this.#fail(connectionError('SSH_CONNECTION_LOST', this.hop, silent)),
    });
    if (connected.hasSubscribers) {
      connected.publish({ target: this.hop.label, handshakeMs: clock.now() - this.#startedAtMs });
    }
    this.#events.onOpen(this);
    for (const user of Array.from(this.#users)) if (this.#users.has(user)) user.onOpen();
  }

  /** The socket has closed, wanted or not. */
  #lost(error: SshPoolError): void {
    this.#fail(error);
    this.#closed();
  }

  /** Tells the users, once, and closes what is open. */
  #fail(error: SshPoolError, reason: string = error.code): void {
    if (this.#state === 'closing' || this.#state === 'closed') return;
    this.#reason = reason;
    const wasRetired = this.#state === 'retired';
    this.#state = 'closing';
    this.#timer.clear();
    this.#keepAlive?.stop();
    this.#gate?.close();
    if (!wasRetired) this.#events.onRetired(this);
    this.#cancel.abort(error);
    this.#transport?.end();
    // A peer that has gone silent may keep unsent data, and the socket with it, for minutes.
    this.#closeTimer.set(closeGraceMs, () => this.#transport?.destroy());
    const users = [...this.#users];
    this.#users.clear();
    for (const user of users) user.onFail(error);
  }

  #closed(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#closeTimer.clear();
    if (disconnected.hasSubscribers) disconnected.publish({ target: this.hop.label, reason: this.#reason });
    this.#events.onClosed(this);
  }

  /** A dead host never keeps its place for longer than this. */
  #watchDeadline(): void {
    const { connectMs, isAsking } = this.#options;
    this.#timer.set(connectMs, () => {
      if (this.#phase === 'authentication' && isAsking()) this.#watchDeadline();
      else this.#fail(this.timedOut(connectMs));
    });
  }

  /** Whether time passes while the person is being asked for a passphrase. */
  get isAsking(): boolean {
    return this.isConnecting && this.#phase === 'authentication' && this.#options.isAsking();
  }

  timedOut(limitMs: number): SshPoolError {
    return connectionError('SSH_CONNECT_TIMEOUT', this.hop, `${missing[this.#phase]} within ${seconds(limitMs)}`);
  }

  /** A socket to somewhere else, once the connection stands. */
  openTunnel(host: string, port: number): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      this.#transport?.openTunnel(host, port, resolve, ({ isProhibited, description }) => {
        const reason = isProhibited ? 'it may not forward connections' : description || 'it gives no reason';
        reject(
          connectionError('SSH_JUMP_FAILED', this.hop, `as a jump host it does not reach ${host}:${port}: ${reason}`),
        );
      });
    });
  }
}

const closeGraceMs = 1000;
const silent = 'the connection was lost: the server no longer answers';

/** What is missing while a hand-shake is in a phase. */
const missing: Readonly<Record<ConnectPhase, string>> = {
  tcp: 'no connection',
  'hand-shake': 'no SSH hand-shake',
  authentication: 'no answer to the sign-in',
};

function connectionError(code: SshPoolErrorCode, { label }: Hop, what: string): SshPoolError {
  return new SshPoolError(code, `${label}: ${what}.`, { target: label });
}

/** Whatever goes wrong on the way is an error of ours, and says to whom it happened. */
function asPoolError(hop: Hop, error: unknown): SshPoolError {
  if (error instanceof SshPoolError) return error;
  if (isOutOfDescriptors(error)) return outOfDescriptors(hop.label, error);
  const message = `${hop.label}: ${foreignText((error as Error).message)}.`;
  return new SshPoolError('SSH_HANDSHAKE_FAILED', message, { target: hop.label, cause: error });
}

/** Nobody needs it any more; for the case that somebody asks. */
function unwanted(hop: Hop): SshPoolError {
  return connectionError('SSH_CONNECTION_LOST', hop, 'the connection was closed');
}
