import { type KeyObject, createPrivateKey, sign } from 'node:crypto';
import { type BigIntStats, readFileSync } from 'node:fs';
import ssh2, { type ParsedKey } from 'ssh2';
import { isOutOfDescriptors, systemCode } from '../errors.ts';
import { FileCache } from '../file-cache.ts';
import { whyUnusable } from './identity.ts';
import { WireReader } from './wire.ts';

/** A private key that can sign. */
export interface PrivateKey {
  readonly blob: Buffer;
  sign(data: Buffer, algorithm: string): Promise<Buffer>;
}

/** What an identity file holds. */
export type KeyFile =
  | { readonly kind: 'private'; readonly key: PrivateKey }
  /** `blob` is undefined in formats that do not tell the public key, unless a `.pub` file does. */
  | { readonly kind: 'encrypted'; readonly text: string; readonly blob: Buffer | undefined }
  /** A public key, which stands for one that the agent has. */
  | { readonly kind: 'public'; readonly blob: Buffer }
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'missing' };

/** Identity files, read again when they change. */
export class KeyFiles {
  readonly #cache = new FileCache(parse);

  read(path: string): KeyFile {
    try {
      return this.#cache.read(path) ?? { kind: 'missing' };
    } catch (error) {
      if (isOutOfDescriptors(error)) throw error;
      return { kind: 'unusable', reason: `it cannot be read (${systemCode(error) ?? String(error)})` };
    }
  }
}

/** The key in an encrypted file; undefined when the passphrase is not the right one. */
export function decrypt(text: string, passphrase: string): PrivateKey | undefined {
  const parsed = ssh2.utils.parseKey(text, passphrase);
  return parsed instanceof Error ? undefined : privateKey(parsed);
}

function parse(text: string, path: string, stats: BigIntStats): KeyFile {
  const parsed = ssh2.utils.parseKey(text);
  if (parsed instanceof Error) return parseOther(text, path, stats, parsed);
  const blob = parsed.getPublicSSH();
  const reason = whyUnusable(typeOf(blob));
  if (reason !== undefined) return { kind: 'unusable', reason };
  if (!parsed.isPrivateKey()) return { kind: 'public', blob };
  return unsafeMode(path, stats) ?? { kind: 'private', key: privateKey(parsed) };
}

/** What ssh2 does not take: an encrypted key for now, and others for good. */
function parseOther(text: string, path: string, stats: BigIntStats, error: Error): KeyFile {
  const blob = openSshPublicPart(text);
  const reason = blob === undefined ? undefined : whyUnusable(typeOf(blob));
  if (reason !== undefined) return { kind: 'unusable', reason };
  if (/no passphrase given/.test(error.message)) {
    return unsafeMode(path, stats) ?? { kind: 'encrypted', text, blob: blob ?? publicFile(path) };
  }
  if (/-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(text)) {
    return { kind: 'unusable', reason: `it is in PKCS#8 format; \`ssh-keygen -p -f ${path}\` converts it` };
  }
  const publicType = /^([\w@.-]+) AAAA/.exec(text)?.[1];
  return { kind: 'unusable', reason: (publicType && whyUnusable(publicType)) ?? 'it is not a key that can be read' };
}

/** Like ssh, does not use a private key that others can read. */
function unsafeMode(path: string, stats: BigIntStats): KeyFile | undefined {
  if (process.platform === 'win32' || (stats.mode & 0o077n) === 0n) return undefined;
  return { kind: 'unusable', reason: `others can read it; run: chmod 600 ${path}` };
}

// PROTOCOL.key of OpenSSH: "openssh-key-v1\0", cipher, kdf, kdf options, number of keys, public key, …
function openSshPublicPart(text: string): Buffer | undefined {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+?)-----END/.exec(text)?.[1];
  if (body === undefined) return undefined;
  const reader = new WireReader(Buffer.from(body, 'base64'), 'openssh-key-v1\0'.length);
  reader.string();
  reader.string();
  reader.string();
  reader.uint32();
  return reader.string();
}

function publicFile(path: string): Buffer | undefined {
  try {
    const parsed = ssh2.utils.parseKey(readFileSync(`${path}.pub`));
    return parsed instanceof Error ? undefined : parsed.getPublicSSH();
  } catch {
    return undefined;
  }
}

function typeOf(blob: Buffer): string {
  return new WireReader(blob).text() ?? '';
}

function privateKey(parsed: ParsedKey): PrivateKey {
  let key: KeyObject | undefined;
  return {
    blob: parsed.getPublicSSH(),
    // In the thread pool: an RSA signature takes milliseconds, and a fleet wants hundreds.
    sign: (data, algorithm) =>
      new Promise((resolve, reject) => {
        key ??= createPrivateKey(parsed.getPrivatePEM());
        sign(hashFor(algorithm), data, key, (error, signature) => {
          if (error) reject(error);
          else resolve(signature);
        });
      }),
  };
}

const hashes: Readonly<Record<string, string>> = {
  'rsa-sha2-256': 'sha256',
  'rsa-sha2-512': 'sha512',
  'ssh-rsa': 'sha1',
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
};

/** Ed25519 hashes by itself. */
function hashFor(algorithm: string): string | null {
  return hashes[algorithm] ?? null;
}
