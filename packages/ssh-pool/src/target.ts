import { invalidOption } from './errors.ts';

/**
 * What happens to a host key that is not known. `accept-new` adds it to known_hosts, where the caller vouches for the
 * address; `strict` refuses it. A key other than the known one is refused by both.
 */
export type HostKeyPolicy = 'accept-new' | 'strict';

/** A machine to run commands on. Plain data: it can be sent to another process as it is. */
export interface Target {
  /** Where it is: an address or a host name. */
  readonly host: string;
  /** What it is called. `~/.ssh/config` and known_hosts are asked for this name first, and for `host` then. */
  readonly name?: string;
  /** @default what `~/.ssh/config` says, else 22 */
  readonly port?: number;
  /** Whom to sign in as, whatever `~/.ssh/config` says. */
  readonly user?: string;
  /**
   * Whom to sign in as where neither `user` nor `~/.ssh/config` names anybody.
   * @default the user of this process
   */
  readonly defaultUser?: string;
  /** Private keys to try before those of `~/.ssh/config`. `~` is the home directory. */
  readonly identityFiles?: readonly string[];
  /**
   * Jump hosts, as ProxyJump writes them: `user@host:port,…`; `none` for a direct connection.
   * @default what `~/.ssh/config` says
   */
  readonly jump?: string;
  /** A name of the machine that stays when its address changes. Its key is kept under it in `knownHosts.own`. */
  readonly hostKeyAlias?: string;
  /** @default 'accept-new' */
  readonly hostKeyPolicy?: HostKeyPolicy;
  /**
   * Whether `host` comes from a source that is trusted enough to accept a key that nobody knows yet. Where
   * `~/.ssh/config` leads elsewhere (HostName), it does not count.
   * @default false
   */
  readonly mayAddHostKey?: boolean;
}

/** @throws {@link SshPoolError} `SSH_INVALID_OPTION` */
export function validateTarget(target: Target): void {
  if (!isWord(target.host)) throw invalidOption('host', 'an address or a host name', target.host);
  if (target.name !== undefined && !isWord(target.name))
    throw invalidOption('name', 'a name without spaces', target.name);
  if (target.hostKeyAlias !== undefined && !/^[\w.:-]+$/.test(target.hostKeyAlias)) {
    throw invalidOption('hostKeyAlias', 'letters, digits, dots and dashes', target.hostKeyAlias);
  }
  const { port, hostKeyPolicy } = target;
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    throw invalidOption('port', 'a whole number from 1 to 65535', port);
  }
  if (hostKeyPolicy !== undefined && hostKeyPolicy !== 'accept-new' && hostKeyPolicy !== 'strict') {
    throw invalidOption('hostKeyPolicy', "'accept-new' or 'strict'", hostKeyPolicy);
  }
}

/** The names end up in known_hosts lines and messages: nothing that has a meaning there. */
function isWord(value: string): boolean {
  return typeof value === 'string' && /^[^\s\p{Cc}\p{Cf},|*?!#@]+$/u.test(value);
}
