import { badRequest } from '../server/arm-error.ts';
import { audiences } from '../server/authenticate.ts';
import { ok, type Reply } from '../server/reply.ts';
import type { RoutedRequest } from '../server/request.ts';
import { open, type Route } from '../server/router.ts';

/** `/metadata/endpoints`: what `az cloud register` and the SDKs learn a cloud from. */
export function metadataRoutes(): readonly Route[] {
  return [open('GET', '/metadata/endpoints', 'metadata', endpoints)];
}

function endpoints({ query, origin }: RoutedRequest): Reply {
  const version = query.get('api-version');
  if (version === undefined) {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.';
    throw badRequest('MissingApiVersionParameter', message);
  }
  return ok(version < '2018-01-01' ? firstShape(origin) : [cloud(origin)]);
}

/** The shape of api-version 2015-01-01. */
function firstShape(origin: string): object {
  return {
    galleryEndpoint: `${origin}/gallery/`,
    graphEndpoint: `${origin}/graph/`,
    portalEndpoint: `${origin}/portal/`,
    authentication: { loginEndpoint: `${origin}/`, audiences: audiences(origin) },
  };
}

/** A cloud in the list of api-versions 2019-05-01 and 2022-09-01, which adds members. */
function cloud(origin: string): object {
  return {
    name: 'AzureSim',
    portal: `${origin}/portal`,
    authentication: { loginEndpoint: origin, audiences: audiences(origin), tenant: 'common', identityProvider: 'AAD' },
    resourceManager: `${origin}/`,
    media: `${origin}/media`,
    graph: `${origin}/graph`,
    graphAudience: `${origin}/graph`,
    gallery: `${origin}/gallery`,
    batch: `${origin}/batch`,
    sqlManagement: `${origin}/sql`,
    vmImageAliasDoc: `${origin}/aliases.json`,
    activeDirectoryDataLake: `${origin}/datalake`,
    microsoftGraphResourceId: `${origin}/graph`,
    logAnalyticsResourceId: `${origin}/log-analytics`,
    appInsightsResourceId: `${origin}/app-insights`,
    synapseAnalyticsResourceId: `${origin}/synapse`,
    attestationResourceId: `${origin}/attestation`,
    ossrdbmsResourceId: `${origin}/ossrdbms`,
    suffixes: {
      storage: 'storage.sim.invalid',
      keyVaultDns: 'vault.sim.invalid',
      sqlServerHostname: 'database.sim.invalid',
      acrLoginServer: 'registry.sim.invalid',
    },
  };
}
