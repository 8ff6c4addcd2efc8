import { Buffer } from 'node:buffer';
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { addressBytes } from './address-bytes.ts';
import * as der from './der.ts';

/** A server certificate, its key, and the certificate of the authority that signed it. All PEM. */
export interface ServerIdentity {
  readonly ca: string;
  readonly certificate: string;
  readonly privateKey: string;
}

const validityDays = 90;
const ecdsaWithSha256 = der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2'));

/**
 * Makes a certificate authority and one server certificate for `hosts` (names and addresses), both ECDSA P-256 and valid
 * for 90 days. The authority's private key never leaves this function: nothing else can be signed by it.
 */
export function createServerIdentity(hosts: readonly string[]): ServerIdentity {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = `azfleet azure-sim CA ${randomBytes(4).toString('hex')}`;
  const ca = certificate({
    subject: issuer,
    issuer,
    publicKey: authority.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      extension('2.5.29.19', der.sequence(der.boolean(true), der.integer(Uint8Array.of(0))), true), // CA, path length 0
      extension('2.5.29.15', der.bitString(Uint8Array.of(0b0000_0110), 1), true), // keyCertSign, cRLSign
      extension('2.5.29.14', der.octetString(keyIdentifier(authority.publicKey))),
    ],
  });
  const leaf = certificate({
    subject: 'azfleet azure-sim',
    issuer,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      extension('2.5.29.19', der.sequence(), true), // not a CA
      extension('2.5.29.15', der.bitString(Uint8Array.of(0b1000_0000), 7), true), // digitalSignature
      extension('2.5.29.37', der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.3.1'))), // serverAuth
      extension('2.5.29.17', der.sequence(...hosts.map(generalName))),
      extension('2.5.29.14', der.octetString(keyIdentifier(server.publicKey))),
      extension('2.5.29.35', der.sequence(der.context(0, keyIdentifier(authority.publicKey), 'primitive'))),
    ],
  });
  return { ca, certificate: leaf, privateKey: server.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}

interface CertificateRequest {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly extensions: readonly Uint8Array[];
}

/** RFC 5280, 4.1. The validity goes by the real clock, as the client that checks it does. */
function certificate(request: CertificateRequest): string {
  const now = Date.now();
  const toBeSigned = der.sequence(
    der.context(0, der.integer(Uint8Array.of(2)), 'constructed'), // version 3
    der.integer(Uint8Array.of(0x40 | (randomBytes(1).readUInt8() & 0x3f), ...randomBytes(15))), // positive, 127 bits
    ecdsaWithSha256,
    name(request.issuer),
    der.sequence(der.time(new Date(now - 3_600_000)), der.time(new Date(now + validityDays * 86_400_000))),
    name(request.subject),
    subjectPublicKeyInfo(request.publicKey),
    der.context(3, der.sequence(...request.extensions), 'constructed'),
  );
  const signature = sign('sha256', toBeSigned, request.signingKey);
  return pem(der.sequence(toBeSigned, ecdsaWithSha256, der.bitString(signature)));
}

function name(commonName: string): Uint8Array {
  return der.sequence(der.set(der.sequence(der.objectIdentifier('2.5.4.3'), der.utf8String(commonName))));
}

function extension(oid: string, value: Uint8Array, critical = false): Uint8Array {
  const flag = critical ? [der.boolean(true)] : [];
  return der.sequence(der.objectIdentifier(oid), ...flag, der.octetString(value));
}

function generalName(host: string): Uint8Array {
  return isIP(host) === 0
    ? der.context(2, Buffer.from(host), 'primitive')
    : der.context(7, addressBytes(host), 'primitive');
}

function subjectPublicKeyInfo(key: KeyObject): Uint8Array {
  return key.export({ type: 'spki', format: 'der' });
}

/** RFC 7093, method 1: the first 160 bits of the SHA-256 of the public key. */
function keyIdentifier(key: KeyObject): Uint8Array {
  return createHash('sha256').update(subjectPublicKeyInfo(key)).digest().subarray(0, 20);
}

function pem(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
