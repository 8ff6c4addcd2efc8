import { isSameSecret } from '../identity/secret.ts';
import type { IssuedToken } from '../identity/tokens.ts';
import { ok, type Reply } from '../server/reply.ts';
import type { RoutedRequest } from '../server/request.ts';
import { open, type Route } from '../server/router.ts';
import type { World } from '../world.ts';

/** The path of the token endpoint, as in `IDENTITY_ENDPOINT`. */
export const managedIdentityPath = '/msi/token';

/**
 * App Service's managed-identity endpoint: api-version 2019-08-01, and 2017-09-01, which older versions of `az` use. The
 * caller proves with a secret from its environment that it runs on this machine as this user.
 */
export function managedIdentityRoutes(world: World, issuer: string): readonly Route[] {
  return [open('GET', managedIdentityPath, 'token', (request) => token(world, issuer, request))];
}

function token({ tokens, tenancy, identitySecret }: World, issuer: string, request: RoutedRequest): Reply {
  const { headers, query } = request;
  const secret = headers['x-identity-header'] ?? headers['secret'];
  if (typeof secret !== 'string' || !isSameSecret(secret, identitySecret)) {
    return refusal(
      401,
      'The secret header is missing or wrong: take IDENTITY_HEADER from the simulator that runs now.',
    );
  }
  const audience = query.get('resource');
  if (audience === undefined) return refusal(400, 'The resource parameter is missing.');
  const clientId = query.get('client_id') ?? query.get('clientid') ?? tenancy.accounts[0].clientId;
  const tenantId = tenancy.tenantOf(clientId).id;
  const issued = tokens.issue({ clientId, tenantId, audience, issuer });
  return ok(query.get('api-version') === '2017-09-01' ? olderBody(issued) : body(issued));
}

function body({ token, expiresOn, notBefore, audience, clientId }: IssuedToken): object {
  return {
    access_token: token,
    expires_on: String(expiresOn),
    not_before: String(notBefore),
    resource: audience,
    token_type: 'Bearer',
    client_id: clientId,
  };
}

/** 2017-09-01 writes the time as `11/05/2021 15:18:31 +00:00`. */
function olderBody(issued: IssuedToken): object {
  const [year, month, day, time] = new Date(issued.expiresOn * 1_000).toISOString().split(/[-T.]/);
  return { ...body(issued), expires_on: `${month}/${day}/${year} ${time} +00:00` };
}

function refusal(statusCode: number, message: string): Reply {
  return { status: statusCode, body: { statusCode, message, correlationId: '' } };
}
