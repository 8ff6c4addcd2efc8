import { homedir } from 'node:os';

import type { AnswerMode, AnswerStore } from './answers.ts';
import type { AzureApi } from './azure-api.ts';
import { readAzureProfile } from './azure-profile.ts';
import { accountScope } from './account-scope.ts';
import type { Clock } from './clock.ts';
import { checkAudience, type Destination, destinationOf } from './clouds.ts';
import { type AzureConnection, mayUseAzureCli } from './connection.ts';
import { credentialError } from './credential-error.ts';
import { AzureError } from './errors.ts';
import type { InventoryEvent } from './events.ts';
import type { CallScope } from './sdk/pipeline.ts';
import type { Transport } from './sdk/transport.ts';
import { withTimeLimit } from './time-limit.ts';
import { type Credential, TokenSource, type TokenSourceOptions } from './token-source.ts';
import type { TokenStore } from './token-store.ts';

export interface GatewayOptions {
  connection: AzureConnection;
  store: AnswerStore;
  tokens: TokenStore | undefined;
  clock: Clock;
  requestTimeoutMs: number;
  onEvent: (event: InventoryEvent) => void;
}

/** What an opened gateway offers. */
export interface OpenGateway {
  api: AzureApi;
  /** Runs a call so that its requests are aborted and reported with it. */
  withinCall<T>(scope: CallScope, call: () => Promise<T>): Promise<T>;
}

type GetJson = (url: string, signal: AbortSignal) => Promise<unknown>;

/** How long an endpoint's metadata is believed. */
const METADATA_MS = 24 * 60 * 60_000;

/**
 * The way to Azure. Nothing of the SDK is loaded before it is opened; then the parts are loaded while the network is
 * waited for, so that the longest chain is: metadata (of an endpoint of one's own), token, pages.
 */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #destination: Destination;
  readonly #closing = new AbortController();
  #transport: Transport | undefined;
  #open: Promise<OpenGateway> | undefined;

  /** @throws AzureError `ENDPOINT_INVALID` */
  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#destination = destinationOf(options.connection);
  }

  /** @param mode of the listing that needs it: `bypass` keeps the endpoint's metadata out of the store, too. */
  open(mode: AnswerMode | undefined): Promise<OpenGateway> {
    if (this.#closing.signal.aborted) {
      return Promise.reject(
        new AzureError('CLOSED', 'The inventory is closed', { category: 'azure', hint: 'Create a new one.' }),
      );
    }
    // A gateway that failed to open (a CA file that is not there yet, metadata that could not be had) may be tried again.
    this.#open ??= this.#connect(mode).catch((error: unknown) => {
      this.#open = undefined;
      throw error;
    });
    return this.#open;
  }

  /** Aborted by `close`. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  close(): void {
    this.#closing.abort(
      new AzureError('CLOSED', 'The inventory was closed', { category: 'azure', hint: 'Create a new one.' }),
    );
    this.#transport?.close();
  }

  async #connect(mode: AnswerMode | undefined): Promise<OpenGateway> {
    const { connection } = this.#options;
    const { endpoint, origin, places } = this.#destination;
    const [{ createTransport }, { createArmPipeline, getJson, withinCall }] = await Promise.all([
      import('./sdk/transport.ts'),
      import('./sdk/pipeline.ts'),
    ]);
    this.#transport ??= createTransport(connection);
    const { httpClient } = this.#transport;
    const get: GetJson = (url, signal) => getJson(httpClient, url, signal);
    const audience = places?.audience ?? connection.audience ?? this.#askAudience(endpoint, get, mode);
    // It may fail before it is awaited below.
    Promise.resolve(audience).catch(() => {});
    // Loading blocks the process: what is asked is let out first.
    await turn();
    const { createCredential } = await import('./sdk/credential.ts');
    const network = { httpClient, authorityHost: places?.authorityHost };
    const tokens = new TokenSource({
      scope: scopeOf(checked(await audience, connection, this.#destination)),
      createCredential: async () => this.#explained(() => createCredential(connection, network)),
      stored: this.#storedTokens(),
      clock: this.#options.clock,
      onEvent: this.#options.onEvent,
    });
    // Failing is for the request that needs the token to report.
    tokens.getToken().catch(() => {});
    await turn();
    const { createArmApi } = await import('./sdk/arm-api.ts');
    return { api: createArmApi({ endpoint, pipeline: createArmPipeline({ origin, tokens }), httpClient }), withinCall };
  }

  async #askAudience(endpoint: string, get: GetJson, mode: AnswerMode | undefined): Promise<string> {
    const namespace = this.#options.store.namespace('endpoint_metadata', undefined);
    const load = async ({ signal }: { signal: AbortSignal }): Promise<{ value: { audience: string } }> => {
      const { clock, requestTimeoutMs } = this.#options;
      const limit = { clock, limitMs: requestTimeoutMs, signals: [signal, this.#closing.signal] };
      const url = `${endpoint}/metadata/endpoints?api-version=2022-09-01`;
      const metadata = await withTimeLimit(limit, (ending) => get(url, ending));
      return { value: { audience: audienceOf(metadata, endpoint) } };
    };
    const { value } = await namespace.fetch('audience', load, {
      mode: mode === 'bypass' ? 'bypass' : 'fresh',
      maxAgeMs: METADATA_MS,
    });
    return value.audience;
  }

  /** A credential whose failures say what to do; some of the SDK's fail when they are made. */
  #explained(create: () => Credential): Credential {
    let credential: Credential | undefined;
    return {
      getToken: async (scope, request) => {
        try {
          credential ??= create();
          return await credential.getToken(scope, request);
        } catch (cause) {
          throw credentialError(cause, this.#options.connection.credential);
        }
      },
    };
  }

  #storedTokens(): TokenSourceOptions['stored'] {
    const { connection, tokens } = this.#options;
    if (tokens === undefined || !mayUseAzureCli(connection)) return undefined;
    const { env } = connection;
    const profile = readAzureProfile(env, env['HOME'] || env['USERPROFILE'] || homedir());
    // Without a profile a change of account would go unnoticed.
    if (profile === undefined || profile.account === '') return undefined;
    const [place = '', tenant = ''] = accountScope(connection, profile);
    return {
      store: tokens,
      key: JSON.stringify([place, tenant, connection.audience ?? '', connection.credential]),
      owner: { account: profile.account, tenant: profile.tenantId },
      always: connection.credential === 'cli',
    };
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function checked(audience: string, connection: AzureConnection, destination: Destination): string {
  if (destination.places !== undefined) return audience;
  return checkAudience(
    audience,
    destination.endpoint,
    connection.audience === undefined ? 'endpoint' : 'configuration',
  );
}

/** `…/.default` after an audience that keeps its own trailing slash, as the identity service expects it. */
function scopeOf(audience: string): string {
  return `${audience}/.default`;
}

/** The metadata of api-version 2022-09-01 is a list of clouds; older endpoints answer one cloud. */
function audienceOf(metadata: unknown, endpoint: string): string {
  const clouds = (Array.isArray(metadata) ? metadata : [metadata]) as (CloudMetadata | null)[];
  const own = clouds.find((cloud) => cloud?.resourceManager?.replace(/\/+$/, '') === endpoint) ?? clouds[0];
  const audience = own?.authentication?.audiences?.[0];
  if (typeof audience === 'string') return audience;
  throw new AzureError('ENDPOINT_INVALID', `${endpoint} does not say what its tokens are for`, {
    category: 'configuration',
    hint: 'Set the audience in the context (audience = "…"), if this is a Resource Manager endpoint.',
  });
}

interface CloudMetadata {
  resourceManager?: string;
  authentication?: { audiences?: string[] };
}
