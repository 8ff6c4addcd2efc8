import type { Clock } from '../clock.ts';
import type { SshPoolError } from '../errors.ts';
import type { Connection } from './connection.ts';

/** Who needs a connection: a command, or a connection that goes on from there. */
export interface ConnectionUser {
  /** The hand-shake is through. At once, if it has been. */
  onOpen(): void;
  /** The connection is gone, or never came about. */
  onFail(error: SshPoolError): void;
}

export interface ConnectionOptions {
  readonly clock: Clock;
  /** For the hand-shake, in milliseconds. Time in which the person is being asked for a passphrase is free. */
  readonly connectMs: number;
  readonly isAsking: () => boolean;
  readonly maxLifetimeMs: number;
  readonly keepAliveIntervalMs: number;
  readonly keepAliveMaxMissed: number;
}

export interface ConnectionEvents {
  onOpen(connection: Connection): void;
  /** Nobody uses it any more. */
  onIdle(connection: Connection): void;
  onBusy(connection: Connection): void;
  /** It takes no further users. Those it has keep it until they are done. */
  onRetired(connection: Connection): void;
  /** Its socket is closed. */
  onClosed(connection: Connection): void;
}
