// Consumers whose own `lib` has no AsyncDisposable, as TypeScript 7 has by default, get it from here.
/// <reference lib="esnext.disposable" preserve="true" />
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { buildFleet } from './fleet/build.ts';
import type { Fleet, SimFleet } from './fleet/fleet.ts';
import { Access, type DenyOptions } from './identity/access.ts';
import { Tenancy, type SimAccount, type SimSubscription } from './identity/tenancy.ts';
import { TokenIssuer } from './identity/tokens.ts';
import { resolveOptions, type AzureSimOptions, type ResolvedOptions } from './options.ts';
import { Random } from './random.ts';
import { Faults, type Fault } from './server/faults.ts';
import { StatsCounter, type SimStats } from './server/stats.ts';
import { startServers, type Servers } from './servers.ts';
import { resolveAddresses, type SshAddresses } from './ssh/addresses.ts';
import { startSshHosts, type SshHosts } from './ssh/hosts.ts';
import type { SimSsh } from './ssh/sim-ssh.ts';
import type { SimSshStats } from './ssh/stats.ts';
import type { World } from './world.ts';

/** A running simulator. */
export interface AzureSim extends AsyncDisposable {
  /** Resource Manager, for example `https://127.0.0.1:41234`. The certificate holds for `localhost` too. */
  readonly endpoint: string;
  /** The CA certificate: a PEM file, and the same as text. */
  readonly caPath: string;
  readonly ca: string;
  readonly subscriptions: readonly [SimSubscription, ...SimSubscription[]];
  /** One account a tenant. The first one is signed in by `env`. */
  readonly accounts: readonly [SimAccount, ...SimAccount[]];
  /**
   * What signs a client in: the managed-identity endpoint and its secret, the first subscription and its tenant. Trust in
   * the CA is not part of it: that is the client's `ca_file`, `NODE_EXTRA_CA_CERTS` or `REQUESTS_CA_BUNDLE`.
   */
  readonly env: Readonly<Record<string, string>>;
  /** The machines, to be changed behind the client's back. */
  readonly fleet: SimFleet;
  /**
   * Makes requests go wrong; returns what removes the fault.
   *
   * @throws AzureSimError `INVALID_OPTION`
   */
  inject(fault: Fault): () => void;
  /**
   * Refuses reads of a subscription with 403 AuthorizationFailed; returns what lifts it.
   *
   * @throws AzureSimError `UNKNOWN_SUBSCRIPTION`
   */
  deny(subscriptionId: string, options?: DenyOptions): () => void;
  /** Refuses every token given so far with 401; with `claimsChallenge`, as continuous access evaluation does. */
  revokeTokens(options?: { claimsChallenge?: boolean }): void;
  /** The machines' SSH servers; `undefined` without the option `ssh`. */
  readonly ssh: SimSsh | undefined;
  stats(): SimStats & { readonly ssh: SimSshStats | undefined };
  resetStats(): void;
  /** Closes every connection and every port, and removes the files that it wrote. Can be called twice. */
  close(): Promise<void>;
}

/**
 * Starts a local Azure: Resource Manager over HTTPS with its own CA, and a managed-identity endpoint on plain http, on
 * loopback.
 *
 * @throws AzureSimError `INVALID_OPTION`, `LISTEN_FAILED`
 */
export async function startAzureSim(options: AzureSimOptions = {}): Promise<AzureSim> {
  const resolved = resolveOptions(options);
  const addresses = resolved.ssh === undefined ? undefined : await resolveAddresses(resolved.ssh.reach);
  const world = makeWorld(resolved, addresses);
  const { clock, seed, latencyMs, jitterMs } = resolved;
  const random = new Random(seed, 'latency');
  const conditions = { clock, faults: new Faults(), stats: new StatsCounter(), random, latencyMs, jitterMs };
  const servers = await startServers(resolved, world, conditions);
  const { tenancy, fleet, access, tokens } = world;
  const { faults, stats } = conditions;
  const ssh = await startSsh(resolved, addresses, fleet, servers);
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= closeAll(servers, ssh));
  return {
    endpoint: servers.endpoint,
    caPath: servers.caPath,
    ca: servers.ca,
    subscriptions: tenancy.subscriptions,
    accounts: tenancy.accounts,
    env: signInEnvironment(servers.identityEndpoint, world),
    fleet,
    ssh,
    inject: (fault) => faults.inject(fault),
    deny: (subscriptionId, denial) => access.deny(tenancy.existing(subscriptionId).id, denial),
    revokeTokens: ({ claimsChallenge = false } = {}) => tokens.revokeAll(claimsChallenge),
    stats: () => ({ ...stats.read(), ssh: ssh?.stats() }),
    resetStats: () => {
      stats.reset();
      ssh?.resetStats();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function startSsh(
  { ssh, clock }: ResolvedOptions,
  addresses: SshAddresses | undefined,
  fleet: Fleet,
  servers: Servers,
): Promise<SshHosts | undefined> {
  if (ssh === undefined || addresses === undefined) return undefined;
  try {
    return await startSshHosts({ options: ssh, addresses, clock, fleet, directory: dirname(servers.caPath) });
  } catch (error) {
    await servers.close();
    throw error;
  }
}

async function closeAll(servers: Servers, ssh: SshHosts | undefined): Promise<void> {
  await ssh?.close();
  await servers.close();
}

function makeWorld(options: ResolvedOptions, addresses: SshAddresses | undefined): World {
  const { seed, tenants, subscriptions, machines, clock, pageSize } = options;
  const tenancy = new Tenancy({ seed, tenants, subscriptions });
  return {
    tenancy,
    fleet: buildFleet(tenancy.subscriptions, seed, machines, addresses?.placed),
    access: new Access(),
    tokens: new TokenIssuer(clock),
    pageSize,
    identitySecret: randomBytes(24).toString('hex'),
  };
}

function signInEnvironment(identityEndpoint: string, { tenancy, identitySecret }: World): Record<string, string> {
  return {
    IDENTITY_ENDPOINT: identityEndpoint,
    IDENTITY_HEADER: identitySecret,
    // What App Service called them before 2019, and how older versions of az know that they run in it.
    MSI_ENDPOINT: identityEndpoint,
    MSI_SECRET: identitySecret,
    APPSETTING_WEBSITE_SITE_NAME: 'azure-sim',
    AZURE_TENANT_ID: tenancy.tenants[0].id,
    AZURE_SUBSCRIPTION_ID: tenancy.subscriptions[0].id,
  };
}
