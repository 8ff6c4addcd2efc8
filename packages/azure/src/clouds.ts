import type { AzureConnection, Cloud } from './connection.ts';
import { AzureError } from './errors.ts';

/** Where a cloud's Resource Manager is, what its tokens are for, and who gives them. */
interface CloudPlaces {
  endpoint: string;
  audience: string;
  authorityHost: string;
}

/** From the clouds' own `/metadata/endpoints`, api-version 2022-09-01. */
const CLOUDS: Record<Cloud, CloudPlaces> = {
  AzurePublic: {
    endpoint: 'https://management.azure.com',
    audience: 'https://management.azure.com',
    authorityHost: 'https://login.microsoftonline.com',
  },
  AzureUSGovernment: {
    endpoint: 'https://management.usgovcloudapi.net',
    audience: 'https://management.usgovcloudapi.net',
    authorityHost: 'https://login.microsoftonline.us',
  },
  AzureChina: {
    endpoint: 'https://management.chinacloudapi.cn',
    audience: 'https://management.chinacloudapi.cn',
    authorityHost: 'https://login.chinacloudapi.cn',
  },
};

/** The endpoint of a connection; `places` is known for Azure's own clouds only, an endpoint of one's own must be asked. */
export interface Destination {
  /** Without a trailing slash. */
  endpoint: string;
  /** Scheme, host and port: no request with a token leaves it. */
  origin: string;
  places: CloudPlaces | undefined;
}

/** @throws AzureError `ENDPOINT_INVALID` for an endpoint that is no https URL. */
export function destinationOf(connection: AzureConnection): Destination {
  if (connection.endpoint === undefined) {
    const places = CLOUDS[connection.cloud];
    return { endpoint: places.endpoint, origin: places.endpoint, places };
  }
  const url = parseEndpoint(connection.endpoint);
  const endpoint = url.origin + url.pathname.replace(/\/+$/, '');
  const places = Object.values(CLOUDS).find((cloud) => cloud.endpoint === endpoint);
  return { endpoint, origin: url.origin, places };
}

function parseEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && url.username === '' && url.search === '' && url.hash === '') return url;
  throw new AzureError('ENDPOINT_INVALID', `The endpoint ${JSON.stringify(text)} is not an https URL`, {
    category: 'configuration',
    hint: 'Give the endpoint as https://HOST[:PORT]; tokens are never sent without TLS.',
  });
}

/** Microsoft's own applications cannot have an identifier here, so a token for such an audience is of no use to Azure. */
const TENANT_OWN_SUFFIX = '.onmicrosoft.com';

/**
 * The audience for an endpoint of one's own, checked: the endpoint must not be able to ask for a token that Azure itself,
 * or another service of Microsoft's, would accept. What the endpoint says of itself may only name the endpoint, or an
 * application of the user's tenant (as Azure Stack Hub does); what the user's configuration says may be anything but the
 * Resource Manager of an Azure cloud.
 *
 * @throws AzureError `AUDIENCE_REFUSED`
 */
export function checkAudience(audience: string, endpoint: string, saidBy: 'configuration' | 'endpoint'): string {
  const host = hostOf(audience);
  const own = host !== undefined && host === hostOf(endpoint);
  if (saidBy === 'endpoint' && (own || host?.endsWith(TENANT_OWN_SUFFIX))) return audience;
  if (saidBy === 'configuration' && !isAzureAudience(audience, host)) return audience;
  throw new AzureError('AUDIENCE_REFUSED', `The endpoint ${endpoint} may not have a token for ${printable(audience)}`, {
    category: 'configuration',
    hint:
      saidBy === 'endpoint'
        ? 'If you trust this endpoint, set the audience of its tokens in the context (audience = "…").'
        : 'A token for an Azure cloud is only sent to that cloud: remove audience, or use cloud instead of endpoint.',
  });
}

/** The Resource Manager audiences: by host, by their older names, and by the application id of Azure Service Management. */
const AZURE_AUDIENCE_HOSTS = new Set([
  ...Object.values(CLOUDS).map((cloud) => new URL(cloud.audience).hostname),
  'management.core.windows.net',
  'management.core.usgovcloudapi.net',
  'management.core.chinacloudapi.cn',
]);
const AZURE_SERVICE_MANAGEMENT = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

function isAzureAudience(audience: string, host: string | undefined): boolean {
  return (
    (host !== undefined && AZURE_AUDIENCE_HOSTS.has(host)) || audience.toLowerCase().includes(AZURE_SERVICE_MANAGEMENT)
  );
}

function hostOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' && url.username === '' ? url.hostname.replace(/\.$/, '') : undefined;
}

function printable(text: string): string {
  return JSON.stringify(text.slice(0, 200));
}
