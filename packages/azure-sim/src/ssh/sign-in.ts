import type { AuthContext, ParsedKey } from 'ssh2';

/** Lets one user with one key in, and nobody else. Answers a question about the key without a signature, too. */
export function signIn(context: AuthContext, user: string, publicBlob: Uint8Array, key: ParsedKey): void {
  const { method, username, blob, signature, hashAlgo } = context;
  const known = method === 'publickey' && username === user && context.key.data.equals(publicBlob);
  const proven = signature === undefined || (blob !== undefined && key.verify(blob, signature, hashAlgo) === true);
  if (known && proven) context.accept();
  else context.reject(['publickey']);
}
