import { randomUUID } from 'node:crypto';
import type { SimAccount } from '../identity/tenancy.ts';
import { tokenLifetimeSeconds } from '../identity/tokens.ts';
import { isSameSecret } from '../identity/secret.ts';
import { ok, type Reply } from '../server/reply.ts';
import type { RoutedRequest } from '../server/request.ts';
import { open, type Route } from '../server/router.ts';
import type { World } from '../world.ts';

/**
 * The sign-in endpoints of a service principal with a secret: OpenID Connect discovery and the OAuth 2.0 client-credentials
 * grant (RFC 6749, 4.4). They are not rate-limited and count as `login`.
 */
export function loginRoutes(world: World): readonly Route[] {
  return [
    open('GET', '/common/discovery/instance', 'login', instanceDiscovery),
    open('GET', '/{tenant}/v2.0/.well-known/openid-configuration', 'login', (request) =>
      openidConfiguration(world, request),
    ),
    open('POST', '/{tenant}/oauth2/v2.0/token', 'login', (request) => clientCredentials(world, request)),
  ];
}

function instanceDiscovery({ origin, query }: RoutedRequest): Reply {
  const host = new URL(origin).host;
  const authority = query.get('authorization_endpoint') ?? `${origin}/common`;
  const [, tenant] = new URL(authority, origin).pathname.split('/');
  return ok({
    tenant_discovery_endpoint: `${origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  });
}

function openidConfiguration({ tenancy }: World, { origin, parameters }: RoutedRequest): Reply {
  const asked = (parameters['tenant'] ?? '').toLowerCase();
  const tenant = tenancy.tenants.find(({ id }) => id === asked);
  if (tenant === undefined) return refusal(400, 'invalid_tenant', `AADSTS90002: Tenant '${asked}' not found.`);
  const base = `${origin}/${tenant.id}`;
  return ok({
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    response_types_supported: ['token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['HS256'],
    scopes_supported: ['openid'],
  });
}

function clientCredentials({ tenancy, tokens }: World, { form, parameters, origin }: RoutedRequest): Reply {
  if (form.get('grant_type') !== 'client_credentials') {
    return refusal(
      400,
      'unsupported_grant_type',
      'AADSTS70003: The simulator knows the grant client_credentials only.',
    );
  }
  const scope = form.get('scope') ?? '';
  const [audience] = scope.split(' ').flatMap((each) => (each.endsWith('/.default') ? each.slice(0, -9) : []));
  if (audience === undefined) return refusal(400, 'invalid_scope', `AADSTS70011: The scope '${scope}' is not valid.`);
  const account = tenancy.account(form.get('client_id') ?? '');
  if (account === undefined || account.tenantId !== parameters['tenant']?.toLowerCase()) {
    return refusal(400, 'unauthorized_client', 'AADSTS700016: There is no such application in this tenant.');
  }
  if (!knowsSecret(account, form.get('client_secret'))) {
    return refusal(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.');
  }
  const { clientId, tenantId } = account;
  const { token } = tokens.issue({ clientId, tenantId, audience, issuer: origin });
  const lifetime = { expires_in: tokenLifetimeSeconds, ext_expires_in: tokenLifetimeSeconds };
  return ok({ token_type: 'Bearer', ...lifetime, access_token: token });
}

function knowsSecret({ clientSecret }: SimAccount, given: string | undefined): boolean {
  return given !== undefined && isSameSecret(given, clientSecret);
}

function refusal(status: number, error: string, error_description: string): Reply {
  const codes = [Number(/^AADSTS(\d+)/.exec(error_description)?.[1] ?? 0)];
  return { status, body: { error, error_description, error_codes: codes, correlation_id: randomUUID() } };
}
