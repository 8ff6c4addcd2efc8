import { createHash } from 'node:crypto';

/** A public host key, as a machine presented it. */
export interface HostKey {
  /** Such as `ssh-ed25519`. */
  readonly type: string;
  /** In base64, as known_hosts has it. */
  readonly key: string;
  /** `SHA256:…`, as ssh prints it. */
  readonly fingerprint: string;
}

/** Reads a public key in SSH's own encoding (RFC 4253, 6.6). */
export function hostKeyOf(blob: Uint8Array): HostKey {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength);
  const type = bytes.subarray(4, 4 + bytes.readUInt32BE(0)).toString('latin1');
  const key = bytes.toString('base64');
  return { type, key, fingerprint: fingerprintOf(key) };
}

/** The SHA256 fingerprint of a key in base64. */
export function fingerprintOf(key: string): string {
  const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

// SHA-1 signatures ("ssh-rsa" as an algorithm) are not offered: OpenSSH has refused them since 8.8.
const offered = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/** The host key algorithms to offer: those of keys that are known first, so that the machine presents one of these. */
export function algorithmsFor(knownTypes: readonly string[]): string[] {
  const known = new Set(knownTypes.flatMap((type) => (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type])));
  return [...offered.filter((name) => known.has(name)), ...offered.filter((name) => !known.has(name))];
}
