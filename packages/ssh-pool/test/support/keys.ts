import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import ssh2 from 'ssh2';
import { sshKeygen } from './programs.ts';

/** A key pair: the private part as a PEM file, the public part as ssh writes it. */
export interface TestKey {
  readonly privatePem: string;
  readonly type: string;
  /** In base64. */
  readonly publicKey: string;
}

/** A key that needs no other program to make. */
export function makeKey(kind: 'ecdsa' | 'rsa' = 'ecdsa'): TestKey {
  const { privateKey } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const privatePem = privateKey.export({ type: kind === 'rsa' ? 'pkcs1' : 'sec1', format: 'pem' }).toString();
  return testKeyOf(privatePem);
}

export function testKeyOf(privatePem: string): TestKey {
  const parsed = ssh2.utils.parseKey(privatePem);
  if (parsed instanceof Error) throw parsed;
  return { privatePem, type: parsed.type, publicKey: parsed.getPublicSSH().toString('base64') };
}

export function writeKey(path: string, key: TestKey): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, key.privatePem, { mode: 0o600 });
  return path;
}

/** A key in OpenSSH's format, made by ssh-keygen. */
export function keygen(path: string, type: 'ed25519' | 'ecdsa' | 'rsa', passphrase = ''): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const size = type === 'rsa' ? ['-b', '2048'] : [];
  // One round instead of sixteen: nobody has to be kept from guessing.
  execFileSync(sshKeygen ?? '', [
    '-q',
    '-a',
    '1',
    '-t',
    type,
    ...size,
    '-N',
    passphrase,
    '-C',
    `test ${type}`,
    '-f',
    path,
  ]);
  return path;
}
