const brand = Symbol.for('azfleet.ssh-pool.error');

/** What went wrong, as a literal that programs can compare. */
export type SshPoolErrorCode =
  | 'SSH_INVALID_OPTION'
  | 'SSH_POOL_CLOSED'
  | 'SSH_WAIT_TIMEOUT'
  | 'SSH_CONNECT_TIMEOUT'
  | 'SSH_COMMAND_TIMEOUT'
  | 'SSH_CONNECT_FAILED'
  | 'SSH_TOO_MANY_OPEN_FILES'
  | 'SSH_HANDSHAKE_FAILED'
  | 'SSH_HOST_KEY_UNKNOWN'
  | 'SSH_HOST_KEY_CHANGED'
  | 'SSH_HOST_KEY_REVOKED'
  | 'SSH_AUTH_FAILED'
  | 'SSH_CONNECTION_LOST'
  | 'SSH_CHANNEL_REFUSED'
  | 'SSH_EXEC_REFUSED'
  | 'SSH_STDIN_FAILED'
  | 'SSH_JUMP_FAILED'
  | 'SSH_PROXY_COMMAND'
  | 'SSH_CONFIG_INVALID';

/** What is known about a host key that was refused. */
export interface HostKeyProblem {
  /** SHA256 fingerprint of the key that the machine presented. */
  readonly presented: string;
  /** Type of that key, such as `ssh-ed25519`. */
  readonly presentedType: string;
  /** SHA256 fingerprints of the keys that were known instead. */
  readonly known: readonly string[];
  /** The known_hosts file that decided, and the line in it (the first is 1). */
  readonly file?: string;
  readonly line?: number;
  /** The command that removes the known key, for a shell. */
  readonly removeCommand?: string;
}

export interface SshPoolErrorOptions {
  hint?: string;
  cause?: unknown;
  target?: string;
  sent?: boolean;
  hostKey?: HostKeyProblem;
}

const hints: Record<SshPoolErrorCode, string> = {
  SSH_INVALID_OPTION: 'See the table of options in the README.',
  SSH_POOL_CLOSED: 'Use a pool that is open.',
  SSH_WAIT_TIMEOUT: 'Allow more connections (maxConnections) or a longer wait (waitMs).',
  SSH_CONNECT_TIMEOUT: 'Check that the machine is running and reachable, or allow longer (connectMs).',
  SSH_COMMAND_TIMEOUT: 'Allow longer (commandMs).',
  SSH_CONNECT_FAILED: 'Check that the machine is running, its address, and that its firewall lets SSH in.',
  SSH_TOO_MANY_OPEN_FILES:
    'Open fewer connections at once (maxConnections), or raise the limit of open files (ulimit -n).',
  SSH_HANDSHAKE_FAILED: 'The server may be overloaded (MaxStartups) or not an SSH server; try again.',
  SSH_HOST_KEY_UNKNOWN: 'Compare the fingerprint with the machine’s own and add its key to known_hosts.',
  SSH_HOST_KEY_CHANGED: 'Find out why before you remove the known key: somebody may be listening in.',
  SSH_HOST_KEY_REVOKED: 'Do not connect: the key is marked as stolen or withdrawn.',
  SSH_AUTH_FAILED: 'Check the user and the key; `ssh -v` to the same machine shows what is offered.',
  SSH_CONNECTION_LOST: 'Run it again: it was not sent.',
  SSH_CHANNEL_REFUSED: 'The server allows no session now; see MaxSessions in its sshd_config.',
  SSH_EXEC_REFUSED: 'The account may not run commands; see ForceCommand and the restrictions of its key.',
  SSH_STDIN_FAILED: 'The input could not be read; see the cause.',
  SSH_JUMP_FAILED: 'Check that the jump host may forward connections (AllowTcpForwarding) and reaches the machine.',
  SSH_PROXY_COMMAND: 'Use ProxyJump instead, or give the route with `jump`.',
  SSH_CONFIG_INVALID: 'Correct the line; `ssh -G HOST` shows what ssh makes of the file.',
};

/** The one error class of this package. `instanceof` holds for errors of another installed copy, too. */
export class SshPoolError extends Error {
  override readonly name = 'SshPoolError';
  readonly code: SshPoolErrorCode;
  /** What the person can do about it. */
  readonly hint: string;
  /** The machine that it is about, as people know it. */
  readonly target: string | undefined;
  /** Whether the command may have been started. While this is false, it is safe to run it again. */
  readonly sent: boolean;
  /** The keys and the line in question, where a host key was refused. */
  readonly hostKey: HostKeyProblem | undefined;

  constructor(code: SshPoolErrorCode, message: string, options: SshPoolErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? hints[code];
    this.target = options.target;
    this.sent = options.sent ?? false;
    this.hostKey = options.hostKey;
    Object.defineProperty(this, brand, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value;
  }
}

const lookFirst = 'The command may have run: look before you repeat it.';

/** The same error, for a command that may have run. */
export function asSent({ code, message, hint, cause, target, hostKey }: SshPoolError): SshPoolError {
  return new SshPoolError(code, message, {
    hint: code === 'SSH_CONNECTION_LOST' ? lookFirst : hint,
    cause,
    sent: true,
    ...(target === undefined ? {} : { target }),
    ...(hostKey === undefined ? {} : { hostKey }),
  });
}

/** The `code` of a system error, such as ECONNREFUSED. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** The process, or the whole machine, has no file descriptor left. */
export function isOutOfDescriptors(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'EMFILE' || code === 'ENFILE';
}

export function outOfDescriptors(target: string, cause: unknown): SshPoolError {
  const message = `${target}: too many open files (${systemCode(cause) ?? ''}).`;
  return new SshPoolError('SSH_TOO_MANY_OPEN_FILES', message, { target, cause });
}

export function invalidOption(name: string, expected: string, actual: unknown): SshPoolError {
  const given = typeof actual === 'string' ? JSON.stringify(actual) : String(actual);
  return new SshPoolError('SSH_INVALID_OPTION', `Expected \`${name}\` to be ${expected}, got ${given}.`);
}

export function poolClosed(): SshPoolError {
  return new SshPoolError('SSH_POOL_CLOSED', 'The pool is closed.');
}

/** Text of a server, for a message: one line, nothing that a terminal would act on, not too long. */
export function foreignText(text: unknown): string {
  const flat = String(text)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return flat.length > 200 ? `${flat.slice(0, 200)}…` : flat;
}

export function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`;
}
