import { SshPoolError } from '../errors.ts';

/** A jump host, as ProxyJump writes it. */
export interface JumpSpec {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}

/**
 * Jump hosts in order, from `[user@]host[:port]` or `ssh://[user@]host[:port]`, separated by commas; `none` is no one.
 *
 * @throws {@link SshPoolError} `SSH_CONFIG_INVALID`
 */
export function parseJumps(text: string): JumpSpec[] {
  if (text.toLowerCase() === 'none') return [];
  return text.split(',').map((part) => parseJump(part.trim(), text));
}

function parseJump(part: string, text: string): JumpSpec {
  const bare = part.replace(/^ssh:\/\//i, '');
  const match = /^(?:(?<user>[^@\s]+)@)?(?:\[(?<bracketed>[^\]\s]+)\]|(?<plain>[^:@\s[\]]+))(?::(?<port>\d+))?$/.exec(
    bare,
  );
  const { user, bracketed, plain, port } = match?.groups ?? {};
  const host = bracketed ?? plain;
  const number = port === undefined ? undefined : Number(port);
  if (host === undefined || (number !== undefined && (number < 1 || number > 65_535))) {
    throw new SshPoolError('SSH_CONFIG_INVALID', `Expected jump hosts as user@host:port, got "${text}".`, {
      hint: 'Write several with commas between them, and an IPv6 address in brackets.',
    });
  }
  return { host, ...(user === undefined ? {} : { user }), ...(number === undefined ? {} : { port: number }) };
}
