import type { Comparison } from '@azfleet/bench';
import { hasSshd } from './sshd.ts';

/** What there is to say where there is no OpenSSH server; `undefined` where there is one. */
export function withoutSshd(name: string): Comparison | undefined {
  const missing = 'there is no sshd (Debian: openssh-server)';
  return hasSshd ? undefined : { name, sides: [{ name: 'azfleet', missing }] };
}
