import { checkedNumber } from '../checked-number.ts';

/** How the SSH servers of the simulated machines are. */
export interface SimSshOptions {
  /**
   * Where a machine is reached. `addresses`: at each of its addresses, which are then in 127.0.0.0/8. `ports`: at
   * `127.0.0.1`, a port for each address; {@link SimSsh.endpoints} tells which.
   * @default 'addresses' where the system has more loopback addresses than one, as Linux does, otherwise 'ports'
   */
  reach?: 'addresses' | 'ports';
  /**
   * The port of all addresses; 0 takes any free one. Not for `ports`.
   * @default 0
   */
  port?: number;
  /**
   * Milliseconds that a byte takes to a machine and its answer takes back, together. (Loopback's own connect is not
   * delayed.)
   * @default 0
   */
  roundTripMs?: number;
  /**
   * Sessions that a connection may have open; further ones are refused, as sshd does.
   * @default 10
   */
  maxSessions?: number;
  /**
   * Connections that a machine lets wait to be signed in; further ones are closed at once. (sshd's are drawn by lot
   * before they are certain; these are not.)
   * @default 100
   */
  maxStartups?: number;
}

export interface ResolvedSshOptions {
  readonly reach: 'addresses' | 'ports' | undefined;
  readonly port: number;
  readonly roundTripMs: number;
  readonly maxSessions: number;
  readonly maxStartups: number;
}

/** @throws AzureSimError `INVALID_OPTION` */
export function resolveSshOptions(given: boolean | SimSshOptions): ResolvedSshOptions | undefined {
  if (given === false) return undefined;
  const options = given === true ? {} : given;
  return {
    reach: options.reach,
    port: checkedNumber('ssh.port', options.port ?? 0, { whole: true, min: 0, max: 65_535 }),
    roundTripMs: checkedNumber('ssh.roundTripMs', options.roundTripMs ?? 0, { min: 0 }),
    maxSessions: checkedNumber('ssh.maxSessions', options.maxSessions ?? 10, { whole: true, min: 0 }),
    maxStartups: checkedNumber('ssh.maxStartups', options.maxStartups ?? 100, { whole: true, min: 0 }),
  };
}
