/** A key that a user can sign in with. */
export interface Identity {
  /** The public key in SSH's encoding; undefined for an encrypted file that does not tell it. */
  readonly blob: Buffer | undefined;
  /** Where it comes from, for messages. */
  readonly label: string;
  /**
   * Whether a signature costs the person nothing. Where it does (a passphrase, a touch, a question of the agent), the
   * server is asked first whether it would take the key.
   */
  readonly signsAtOnce: boolean;
  /** @param algorithm Such as `rsa-sha2-512`; for other keys than RSA, the type of the key. */
  sign(data: Buffer, algorithm: string): Promise<Buffer>;
  /** For a key whose public part is not known: asks for the passphrase. */
  unlock?(): Promise<Identity>;
}

const usableTypes = new Set([
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
]);

/** Why a type of key cannot be used; undefined when it can. */
export function whyUnusable(type: string): string | undefined {
  if (usableTypes.has(type)) return undefined;
  if (type.includes('-cert-v')) return 'certificates are not supported';
  if (type.startsWith('sk-')) return 'security keys (FIDO) are not supported';
  if (type === 'ssh-dss') return 'DSA keys are too weak';
  return 'keys of this type are not supported';
}
