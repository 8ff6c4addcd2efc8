import type { ResolvedOptions } from './options.ts';
import { managedIdentityPath } from './routes/managed-identity.ts';
import { audiences } from './server/authenticate.ts';
import type { Conditions } from './server/exchange.ts';
import { serve, type Served } from './server/serve.ts';
import { Throttle } from './server/throttle.ts';
import { azureService, identityService } from './services.ts';
import { writeCaFile } from './tls/ca-file.ts';
import { createServerIdentity } from './tls/certificate.ts';
import type { World } from './world.ts';

/** The two servers of a simulator, and the CA that one of them has its certificate from. */
export interface Servers {
  readonly endpoint: string;
  readonly identityEndpoint: string;
  readonly ca: string;
  readonly caPath: string;
  /** Closes both, and removes the CA file. */
  close(): Promise<void>;
}

/** Starts Resource Manager and the managed-identity endpoint. If one of them cannot start, nothing is left. */
export async function startServers(options: ResolvedOptions, world: World, conditions: Conditions): Promise<Servers> {
  const { host, port, directory, throttle, clock } = options;
  const identity = createServerIdentity([...new Set(['localhost', '127.0.0.1', '::1', host])]);
  const caFile = await writeCaFile(identity.ca, directory);
  const served: Served[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(served.map((server) => server.close()));
    await caFile.remove();
  };
  try {
    const azure = await serve({ host, port, identity }, conditions, (origins) =>
      azureService(world, new Throttle(throttle, clock), origins.flatMap(audiences)),
    );
    served.push(azure);
    const managedIdentity = await serve({ host: '127.0.0.1', port: 0 }, conditions, () =>
      identityService(world, azure.origin),
    );
    served.push(managedIdentity);
    const identityEndpoint = `${managedIdentity.origin}${managedIdentityPath}`;
    return { endpoint: azure.origin, identityEndpoint, ca: identity.ca, caPath: caFile.path, close };
  } catch (error) {
    await close();
    throw error;
  }
}
