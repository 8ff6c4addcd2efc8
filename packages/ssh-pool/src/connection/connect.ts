import type { Duplex } from 'node:stream';
import { SshPoolError, foreignText, isOutOfDescriptors, outOfDescriptors, systemCode } from '../errors.ts';
import { HostKeyGuard } from '../host-keys/host-key-guard.ts';
import type { HostKeyStore } from '../host-keys/host-key-store.ts';
import type { KnownHostsFiles } from '../host-keys/known-hosts-file.ts';
import type { Identities } from '../identities/identities.ts';
import { Authentication } from '../ssh2/authentication.ts';
import { Transport } from '../ssh2/transport.ts';
import type { Connector } from './connector.ts';
import type { Hop } from './hop.ts';

/** What connections share: the files, the keys, and the way out. */
export interface ConnectServices {
  readonly connector: Connector;
  readonly identities: Identities;
  readonly knownHosts: KnownHostsFiles;
  readonly hostKeyStore: HostKeyStore;
}

export type ConnectPhase = 'tcp' | 'hand-shake' | 'authentication';

export interface ConnectHooks {
  readonly signal: AbortSignal;
  onPhase(phase: ConnectPhase): void;
  /** Once, after the promise was fulfilled: the connection is gone. */
  onClosed(error: SshPoolError): void;
}

/** Opens a socket to the hop: from here, or from the jump host before it. */
export type OpenSocket = (hop: Hop, signal: AbortSignal) => Promise<Duplex>;

/**
 * Connects, checks the host key, signs in.
 *
 * @throws {@link SshPoolError}; the signal's reason when it is aborted. The socket is closed by then.
 */
export async function connect(
  hop: Hop,
  openSocket: OpenSocket,
  services: ConnectServices,
  hooks: ConnectHooks,
): Promise<Transport> {
  const { signal } = hooks;
  const guard = new HostKeyGuard(hop.label, hop.hostKeys, services.knownHosts, services.hostKeyStore);
  hooks.onPhase('tcp');
  const listing = services.identities.list(hop.identities);
  listing.catch(() => {});
  const socket = await openSocket(hop, signal);
  const closed = new Promise<void>((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', resolve);
  });
  try {
    const authentication = new Authentication(hop.user, await listing);
    signal.throwIfAborted();
    hooks.onPhase('hand-shake');
    const handshake = new Handshake(hop, socket, guard, authentication, hooks);
    await handshake.ready(signal);
    const refusal = await guard.confirm();
    if (refusal !== undefined) throw refusal;
    signal.throwIfAborted();
    return handshake.handOver();
  } catch (error) {
    socket.destroy();
    await closed;
    throw error;
  }
}

/** A transport until it is ready for use: what happens to it now is the business of who connects. */
class Handshake {
  readonly #transport: Transport;
  readonly #ready = Promise.withResolvers<void>();
  #lost: SshPoolError | undefined;
  #isHandedOver = false;

  constructor(hop: Hop, socket: Duplex, guard: HostKeyGuard, authentication: Authentication, hooks: ConnectHooks) {
    this.#transport = new Transport(
      { socket, label: hop.label, user: hop.user, guard, authentication },
      {
        onAuthenticating: () => hooks.onPhase('authentication'),
        onReady: () => this.#ready.resolve(),
        onClosed: (error) => {
          this.#lost = error;
          this.#ready.reject(error);
          if (this.#isHandedOver) hooks.onClosed(error);
        },
      },
    );
  }

  async ready(signal: AbortSignal): Promise<void> {
    const abort = (): void => {
      this.#ready.reject(signal.reason as Error);
      this.#transport.destroy();
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      await this.#ready.promise;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** From here on its end is told to the hooks. */
  handOver(): Transport {
    if (this.#lost !== undefined) throw this.#lost;
    this.#isHandedOver = true;
    return this.#transport;
  }
}

/** A socket straight from here. */
export function openDirect(connector: Connector): OpenSocket {
  return async (hop, signal) => {
    try {
      return (await connector({ host: hop.host, port: hop.port }, { signal })) as unknown as Duplex;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (isOutOfDescriptors(error)) throw outOfDescriptors(hop.label, error);
      throw connectFailed(hop, error);
    }
  };
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ENOTFOUND: 'that host name is not known',
  EAI_AGAIN: 'host names cannot be looked up at present',
  ETIMEDOUT: 'the connection timed out',
};

function connectFailed(hop: Hop, cause: unknown): SshPoolError {
  const code = systemCode(cause);
  const reason = (code && reasons[code]) ?? foreignText((cause as Error).message);
  return new SshPoolError('SSH_CONNECT_FAILED', `${hop.label}: ${reason}.`, { target: hop.label, cause });
}
