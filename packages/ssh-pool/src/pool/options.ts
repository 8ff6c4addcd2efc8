import type { Clock } from '../clock.ts';
import type { Connector } from '../connection/connector.ts';
import type { PassphrasePrompt } from '../identities/prompt.ts';

/** Time limits of one command, in milliseconds; `Infinity` for none. Each counts by itself. */
export interface TimeLimits {
  /**
   * For a place in the pool and, where all are taken, for a session on the connection.
   * @default Infinity
   */
  readonly waitMs?: number;
  /**
   * For the connection: TCP, hand-shake and sign-in, all jump hosts included.
   * @default 15000
   */
  readonly connectMs?: number;
  /**
   * For the command itself.
   * @default Infinity
   */
  readonly commandMs?: number;
}

export interface SshPoolOptions {
  /**
   * Connections that are open at once, those to jump hosts and those being opened included.
   * @default 20
   */
  maxConnections?: number;
  /**
   * Connections that are kept open without a command on them.
   * @default maxConnections
   */
  maxIdle?: number;
  /**
   * How long a connection is kept without a command on it, in milliseconds.
   * @default 300000
   */
  idleTimeoutMs?: number;
  /**
   * After this time a connection takes no further commands, in milliseconds.
   * @default 3600000
   */
  maxLifetimeMs?: number;
  /**
   * A server that is silent for so long is asked whether it is still there, in milliseconds.
   * @default 15000
   */
  keepAliveIntervalMs?: number;
  /**
   * Questions in a row that may stay without an answer before the connection counts as lost.
   * @default 3
   */
  keepAliveMaxMissed?: number;
  /** Time limits of commands that do not bring their own. */
  limits?: TimeLimits;
  /** Where host keys are kept. `~` is the home directory. */
  knownHosts?: {
    /** A file of the application's own, for keys under `hostKeyAlias`. Default: none; aliases are then not used. */
    own?: string;
    /** @default ['~/.ssh/known_hosts', '~/.ssh/known_hosts2'] */
    user?: readonly string[];
    /** @default ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2'] */
    system?: readonly string[];
  };
  /**
   * The user's ssh_config files, the first to say something decides.
   * @default ['~/.ssh/config', '/etc/ssh/ssh_config']
   */
  configFiles?: readonly string[];
  /** Asks the person for the passphrase of a key. Default: the program in `SSH_ASKPASS`, if there is one. */
  prompt?: PassphrasePrompt;
  /** Opens sockets. Default: TCP. */
  connector?: Connector;
  /** @default the process's monotonic clock */
  clock?: Clock;
  /** Environment variables: `SSH_AUTH_SOCK`, `SSH_ASKPASS` and what ssh_config refers to. Default: those of the process. */
  env?: Readonly<Record<string, string | undefined>>;
  /** The user's home directory. Default: that of the process. */
  homeDirectory?: string;
}
