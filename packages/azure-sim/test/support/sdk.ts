import { ComputeManagementClient } from '@azure/arm-compute';
import { NetworkManagementClient } from '@azure/arm-network';
import { ClientSecretCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import type { AzureSim } from '../../src/index.ts';

/** The real SDK, told where the simulator is and whom to trust. */
export function sdkOf(sim: AzureSim, credential: TokenCredential = servicePrincipal(sim), subscription = 0) {
  const options = {
    endpoint: sim.endpoint,
    credentials: { scopes: [`${sim.endpoint}/.default`] },
    tlsOptions: { ca: sim.ca },
    retryOptions: { retryDelayInMs: 1, maxRetryDelayInMs: 1 },
  };
  const id = sim.subscriptions[subscription]?.id ?? '';
  return {
    compute: new ComputeManagementClient(credential, id, options),
    network: new NetworkManagementClient(credential, id, options),
  };
}

/** The real credential of a service principal. */
export function servicePrincipal(sim: AzureSim, secret?: string): TokenCredential {
  const { tenantId, clientId, clientSecret } = sim.accounts[0];
  return new ClientSecretCredential(tenantId, clientId, secret ?? clientSecret, {
    authorityHost: sim.endpoint,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: sim.ca },
  });
}

/**
 * The real credential, which reads its endpoint and secret from the environment. It remembers them for the life of the
 * process: a test file can use it with one simulator only.
 */
export function managedIdentity(sim: AzureSim, clientId?: string): TokenCredential {
  Object.assign(process.env, sim.env);
  return clientId === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
}

export async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}
