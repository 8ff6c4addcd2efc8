import { Buffer } from 'node:buffer';
import type { Principal, TokenCheck, TokenIssuer } from '../identity/tokens.ts';
import { ArmError } from './arm-error.ts';
import type { SimRequest } from './request.ts';

/** The audiences whose tokens Resource Manager takes: its own address, with and without a slash at the end. */
export function audiences(origin: string): readonly string[] {
  return [`${origin}/`, origin];
}

/**
 * Who asks.
 *
 * @throws ArmError 401, with a `WWW-Authenticate` header that says why
 */
export function authenticate(request: SimRequest, tokens: TokenIssuer, accepted: ReadonlySet<string>): Principal {
  const header = request.headers['authorization'];
  const [scheme, token] = (typeof header === 'string' ? header : '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || token === undefined || token === '') {
    const message = "Authentication failed. The 'Authorization' header is missing.";
    throw unauthorized(request, 'AuthenticationFailed', message);
  }
  const check = tokens.check(token);
  if (check.outcome !== 'valid') throw refused(request, check);
  const { audience } = check.principal;
  if (!accepted.has(audience)) {
    const wanted = [...accepted].map((each) => `'${each}'`).join(',');
    const message = `The access token has been obtained for wrong audience or resource '${audience}'. It should exactly match with one of the allowed audiences ${wanted}.`;
    throw unauthorized(request, 'InvalidAuthenticationToken', message);
  }
  return check.principal;
}

/** 401: the token is of another tenant than the subscription. */
export function wrongTenant(request: SimRequest, tokenTenant: string, subscriptionTenant: string): ArmError {
  const message = `The access token is from the wrong issuer. It must match the tenant '${subscriptionTenant}' associated with this subscription, and it is of '${tokenTenant}'.`;
  return unauthorized(request, 'InvalidAuthenticationTokenTenant', message, subscriptionTenant);
}

function refused(request: SimRequest, check: Exclude<TokenCheck, { outcome: 'valid' }>): ArmError {
  if (check.outcome === 'claims-challenge') return claimsChallenge(request);
  if (check.outcome === 'expired') {
    const when = new Date(check.expiresOn * 1_000).toISOString();
    return unauthorized(request, 'ExpiredAuthenticationToken', `The access token expired at '${when}'.`);
  }
  const why = check.outcome === 'revoked' ? 'has been revoked' : 'is invalid';
  return unauthorized(request, 'InvalidAuthenticationToken', `The access token ${why}.`);
}

function unauthorized(request: SimRequest, code: string, message: string, tenant = 'common'): ArmError {
  const parts = [
    `authorization_uri="${request.origin}/${tenant}"`,
    'error="invalid_token"',
    // The message may quote what the client sent; a header holds printable ASCII.
    `error_description="${message.replaceAll(/[^ -~]|"/g, "'")}"`,
  ];
  return new ArmError(401, code, message, { headers: { 'www-authenticate': `Bearer ${parts.join(', ')}` } });
}

/** Continuous access evaluation: the client shall get a new token with the claims of the challenge, and ask again. */
function claimsChallenge(request: SimRequest): ArmError {
  const claims = Buffer.from(JSON.stringify({ access_token: { nbf: { essential: true } } })).toString('base64');
  const parts = [
    'realm=""',
    `authorization_uri="${request.origin}/common/oauth2/authorize"`,
    'error="insufficient_claims"',
    `claims="${claims}"`,
  ];
  const headers = { 'www-authenticate': `Bearer ${parts.join(', ')}` };
  return new ArmError(401, 'InvalidAuthenticationToken', 'The access token has been revoked.', { headers });
}
