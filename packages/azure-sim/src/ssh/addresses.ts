import { createServer } from 'node:net';

/** How the machines' addresses are to be reached. */
export interface SshAddresses {
  readonly reach: 'addresses' | 'ports';
  /** What becomes of an address of the fleet. */
  readonly placed: (address: string) => string;
}

/** Finds out which way there is, if it was not said. */
export async function resolveAddresses(reach: SshAddresses['reach'] | undefined): Promise<SshAddresses> {
  const found = reach ?? ((await canListen('127.64.0.1')) ? 'addresses' : 'ports');
  return found === 'ports' ? { reach: found, placed: (address) => address } : { reach: found, placed: loopbackAddress };
}

/**
 * The loopback address that stands for one of the fleet: 198.18.0.0/15 is in 127.18.0.0/15, 10.0.0.0/8 is folded into
 * 127.64.0.0/10 and 127.128.0.0/10. Others stay as they are, IPv6 too: it has one loopback address only.
 */
export function loopbackAddress(address: string): string {
  const [first = '', second = '', ...rest] = address.split('.');
  if (first === '198' && (second === '18' || second === '19')) return ['127', second, ...rest].join('.');
  if (first === '10') return ['127', 64 + (Number(second) & 0x7f), ...rest].join('.');
  return address;
}

function canListen(host: string): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ host, port: 0 }, () => server.close(() => resolve(true)));
  });
}
