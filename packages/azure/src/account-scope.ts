import type { AzureProfile } from './azure-profile.ts';
import { type AzureConnection, environmentCredential } from './connection.ts';

/**
 * Whose answers they are, as far as that is known without a network call: `[cloud or endpoint, tenant, account]`. Answers
 * kept under these segments are not seen by another account: after `az login` as someone else, the account differs.
 */
export function accountScope(connection: AzureConnection, profile: AzureProfile | undefined): string[] {
  const { env } = connection;
  const place = connection.endpoint === undefined ? connection.cloud : endpointHost(connection.endpoint);
  const credential =
    connection.credential === 'default' ? (environmentCredential(env) ?? 'cli') : connection.credential;
  if (credential === 'cli') {
    const tenant = connection.tenant ?? profile?.tenantId ?? 'default';
    return [place, tenant.toLowerCase(), (profile?.account || 'default').toLowerCase()];
  }
  const tenant = connection.tenant ?? env['AZURE_TENANT_ID'] ?? 'default';
  const client =
    connection.clientId ?? env['AZURE_CLIENT_ID'] ?? (credential === 'environment' ? env['AZURE_USERNAME'] : undefined);
  return [place, tenant.toLowerCase(), (client ?? credential).toLowerCase()];
}

/** `host:port` of an endpoint; the text itself when it is no URL, so that it is at least a scope of its own. */
function endpointHost(endpoint: string): string {
  try {
    const url = new URL(endpoint);
    return `${url.hostname}:${url.port || '443'}`;
  } catch {
    return endpoint;
  }
}
