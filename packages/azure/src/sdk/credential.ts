import {
  AzureCliCredential,
  DefaultAzureCredential,
  EnvironmentCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/core-auth';

import type { AzureConnection, CredentialKind } from '../connection.ts';
import type { Credential } from '../token-source.ts';

/** `az` takes about a second; one that takes this long hangs. */
const AZ_TIMEOUT_MS = 60_000;

/** As for the calls: the SDK's own waits add up to 7 seconds before it says that nobody is there. */
const RETRIES = { maxRetries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 2000 };

/** What the credentials of the SDK are made with; each takes what concerns it. */
interface SdkOptions {
  httpClient: HttpClient;
  retryOptions: typeof RETRIES;
  processTimeoutInMs: number;
  authorityHost?: string;
  tenantId?: string;
  clientId?: string;
}

const CREATE: Record<CredentialKind, (options: SdkOptions) => TokenCredential> = {
  cli: (options) => new AzureCliCredential(options),
  environment: (options) => new EnvironmentCredential(options),
  'managed-identity': (options) => new ManagedIdentityCredential(options),
  'workload-identity': (options) => new WorkloadIdentityCredential(options),
  default: ({ clientId, ...options }) =>
    new DefaultAzureCredential(
      clientId === undefined
        ? options
        : { ...options, managedIdentityClientId: clientId, workloadIdentityClientId: clientId },
    ),
};

/** The SDK's credential for a connection, on the connection's own transport. */
export function createCredential(
  { credential: kind, tenant, clientId }: AzureConnection,
  { httpClient, authorityHost }: { httpClient: HttpClient; authorityHost: string | undefined },
): Credential {
  const credential = CREATE[kind]({
    httpClient,
    retryOptions: RETRIES,
    processTimeoutInMs: AZ_TIMEOUT_MS,
    ...(authorityHost === undefined ? {} : { authorityHost }),
    ...(tenant === undefined ? {} : { tenantId: tenant }),
    ...(clientId === undefined ? {} : { clientId }),
  });
  return { getToken: (scope, request) => credential.getToken(scope, request) };
}
