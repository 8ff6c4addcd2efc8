import { Buffer } from 'node:buffer';
import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { stableUuid } from '../random.ts';
import { isSameSecret } from './secret.ts';

/** Whom a token speaks for. */
export interface Principal {
  readonly clientId: string;
  readonly objectId: string;
  readonly tenantId: string;
  readonly audience: string;
}

export interface IssuedToken extends Principal {
  readonly token: string;
  /** Seconds since the Unix epoch. */
  readonly expiresOn: number;
  readonly notBefore: number;
}

export type TokenCheck =
  | { readonly outcome: 'valid'; readonly principal: Principal }
  | { readonly outcome: 'malformed' | 'revoked' | 'claims-challenge' }
  | { readonly outcome: 'expired'; readonly expiresOn: number };

interface Claims {
  readonly aud: string;
  readonly iss: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly appid: string;
  readonly oid: string;
  readonly sub: string;
  readonly tid: string;
  readonly idtyp: 'app';
  readonly ver: '1.0';
  /** The token's number: no two tokens are the same. */
  readonly uti: string;
}

/** How long a token lives, by the simulator's clock. */
export const tokenLifetimeSeconds = 3_600;

/** Issues and checks access tokens: JSON Web Tokens (RFC 7519) under a random HMAC key, so that none can be made up. */
export class TokenIssuer {
  readonly #clock: Clock;
  readonly #key = randomBytes(32);
  #issued = 0;
  #revokedUpTo = 0;
  #challenge = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(request: { clientId: string; tenantId: string; audience: string; issuer: string }): IssuedToken {
    const { clientId, tenantId, audience, issuer } = request;
    const now = Math.floor(this.#clock.now() / 1_000);
    this.#issued += 1;
    const objectId = stableUuid(clientId, 'principal');
    const expiresOn = now + tokenLifetimeSeconds;
    const claims: Claims = {
      aud: audience,
      iss: `${issuer}/${tenantId}/`,
      iat: now,
      nbf: now,
      exp: expiresOn,
      appid: clientId,
      oid: objectId,
      sub: objectId,
      tid: tenantId,
      idtyp: 'app',
      ver: '1.0',
      uti: this.#issued.toString(36),
    };
    const signed = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`;
    const token = `${signed}.${this.#signature(signed).toString('base64url')}`;
    return { token, expiresOn, notBefore: now, clientId, objectId, tenantId, audience };
  }

  check(token: string): TokenCheck {
    const claims = this.#verified(token);
    if (claims === undefined) return { outcome: 'malformed' };
    if (claims.exp * 1_000 <= this.#clock.now()) return { outcome: 'expired', expiresOn: claims.exp };
    if (Number.parseInt(claims.uti, 36) <= this.#revokedUpTo) {
      return { outcome: this.#challenge ? 'claims-challenge' : 'revoked' };
    }
    const { appid, oid, tid, aud } = claims;
    return { outcome: 'valid', principal: { clientId: appid, objectId: oid, tenantId: tid, audience: aud } };
  }

  /** Refuses every token issued so far, with a claims challenge if asked for. */
  revokeAll(challenge: boolean): void {
    this.#revokedUpTo = this.#issued;
    this.#challenge = challenge;
  }

  #verified(token: string): Claims | undefined {
    const [header = '', payload = '', signature = ''] = token.split('.');
    const expected = this.#signature(`${header}.${payload}`);
    const given = Buffer.from(signature, 'base64url');
    if (!isSameSecret(given, expected)) return undefined;
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
  }

  #signature(text: string): Buffer {
    return createHmac('sha256', this.#key).update(text).digest();
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
