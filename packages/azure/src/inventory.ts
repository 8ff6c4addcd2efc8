/// <reference lib="esnext.disposable" preserve="true" />
import type { AnswerFetchOptions, AnswerMode, AnswerStore } from './answers.ts';
import type { SubscriptionInfo } from './azure-api.ts';
import { Caller } from './caller.ts';
import { type Clock, systemClock } from './clock.ts';
import type { AzureConnection } from './connection.ts';
import { AzureError } from './errors.ts';
import { type InventoryEvent, publish } from './events.ts';
import { type Diagnosis, diagnose, notCached, isRefusal } from './fleet-error.ts';
import { type Fleet, type FleetError, summarizeParts } from './fleet.ts';
import { Gateway } from './gateway.ts';
import { answerKey } from './keys.ts';
import { listSubscription, type SubscriptionListing } from './list-subscription.ts';
import { type CallRunner, createCallRunner } from './runner.ts';
import type { TokenStore } from './token-store.ts';

export interface InventoryOptions {
  connection: AzureConnection;
  /** Where answers are kept, with the policy of each kind. */
  store: AnswerStore;
  /** Where access tokens of `az` are kept. @default they are not kept */
  tokens?: TokenStore;
  /** @default createCallRunner() */
  runner?: CallRunner;
  clock?: Clock;
  /**
   * Milliseconds a request may take before it counts as failed.
   * @default 30000
   */
  requestTimeoutMs?: number;
  /** Told what happens while it happens. The same is published on the diagnostics channels `azfleet:azure:<type>`. */
  onEvent?(event: InventoryEvent): void;
}

/** How fresh an answer must be. */
export interface FreshnessRequest {
  /** @default 'fresh' */
  mode?: AnswerMode;
  /** Answers count as fresh up to this age in milliseconds, instead of what their policies say. */
  maxAgeMs?: number;
  signal?: AbortSignal;
}

export interface ListRequest extends FreshnessRequest {
  subscriptions: readonly string[];
  /**
   * Where a subscription may not be listed (403), this resource group of it is tried. It is not a filter: machines of
   * other groups are given too where they may be seen.
   */
  resourceGroup?: string;
}

/** The subscriptions of the signed-in account, and how old that is. */
export interface SubscriptionsAnswer {
  subscriptions: SubscriptionInfo[];
  source: 'cache' | 'azure' | 'peer';
  fetchedAt: number;
  ageMs: number;
  stale: boolean;
  azureCalls: number;
  /** Why Azure could not be asked, when this is an old answer. */
  error?: Diagnosis;
}

export interface Inventory extends AsyncDisposable {
  /**
   * The machines of the subscriptions, in the order of the subscriptions and of Azure's lists. What cannot be had is
   * reported in `errors`, the rest is given.
   *
   * @throws the signal's reason when it aborts; AzureError `CLOSED` after `close`.
   */
  list(request: ListRequest): Promise<Fleet>;
  /** @throws AzureError `REQUEST_FAILED`, `NOT_SIGNED_IN`, `NOT_CACHED` (`offline` only), …: see its `category`. */
  subscriptions(request?: FreshnessRequest): Promise<SubscriptionsAnswer>;
  /** Ends what is under way and closes all connections. */
  close(): Promise<void>;
}

/**
 * Lists virtual machines in four calls a subscription, and further pages, however many machines there are. Nothing is
 * loaded or opened before a call to Azure is really made.
 *
 * @throws AzureError `ENDPOINT_INVALID`
 */
export function createInventory(options: InventoryOptions): Inventory {
  return new AzureInventory(options);
}

class AzureInventory implements Inventory {
  readonly #options: InventoryOptions;
  readonly #gateway: Gateway;
  readonly #runner: CallRunner;
  readonly #clock: Clock;
  readonly #requestTimeoutMs: number;

  constructor(options: InventoryOptions) {
    const { connection, store, tokens, clock = systemClock, requestTimeoutMs = 30_000 } = options;
    const { runner = createCallRunner({ clock }) } = options;
    this.#options = options;
    this.#clock = clock;
    this.#runner = runner;
    this.#gateway = new Gateway({
      connection,
      store,
      tokens,
      clock,
      requestTimeoutMs,
      onEvent: (event) => this.#tell(event),
    });
    this.#requestTimeoutMs = requestTimeoutMs;
  }

  async list(request: ListRequest): Promise<Fleet> {
    const { store } = this.#options;
    const { resourceGroup, mode, signal } = request;
    this.#throwIfOver(signal);
    const caller = this.#caller(mode);
    const listings = await Promise.all(
      unique(request.subscriptions).map((subscriptionId) =>
        listSubscription({
          subscriptionId,
          resourceGroup,
          store,
          caller,
          clock: this.#clock,
          fetch: fetchOptions(request),
          onEvent: (event) => this.#tell(event),
        }),
      ),
    );
    this.#throwIfOver(signal);
    const parts = listings.flatMap((listing) => listing.parts);
    return {
      vms: listings.flatMap((listing) => listing.vms),
      parts,
      errors: listings.flatMap((listing) => this.#errorsOf(listing)),
      azureCalls: caller.requests,
      ...summarizeParts(parts),
    };
  }

  async subscriptions(request: FreshnessRequest = {}): Promise<SubscriptionsAnswer> {
    this.#throwIfOver(request.signal);
    const caller = this.#caller(request.mode);
    const load = async ({ signal }: { signal: AbortSignal }): Promise<{ value: SubscriptionInfo[] }> => ({
      value: await caller.pages(SUBSCRIPTIONS, (api, link) => api.subscriptions(link), signal),
    });
    try {
      const answer = await this.#options.store
        .namespace('subscriptions', undefined)
        .fetch(answerKey(), load, fetchOptions(request));
      const { value, fetchedAt, ageMs, stale, error } = answer;
      if (isRefusal(error)) throw error;
      return {
        subscriptions: value,
        source: answer.source === 'origin' ? 'azure' : answer.source,
        fetchedAt,
        ageMs,
        stale,
        azureCalls: caller.requests,
        ...(error === undefined ? {} : { error: this.#diagnose(error) }),
      };
    } catch (cause) {
      this.#throwIfOver(request.signal);
      throw this.#notListed(request.mode === 'offline' ? notCached('list of subscriptions', cause) : cause);
    }
  }

  close(): Promise<void> {
    this.#gateway.close();
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #caller(mode: AnswerMode | undefined): Caller {
    return new Caller({
      gateway: this.#gateway,
      runner: this.#runner,
      clock: this.#clock,
      requestTimeoutMs: this.#requestTimeoutMs,
      mode,
      onEvent: (event) => this.#tell(event),
    });
  }

  /** What failed for the same reason is said once a subscription. */
  #errorsOf({ subscriptionId, errors }: SubscriptionListing): FleetError[] {
    const told = new Map<string, FleetError>();
    for (const { kind, error } of errors) {
      const { code, status, message, hint, category } = this.#diagnose(error);
      const isSame = category === 'authorization' || code === 'NOT_CACHED';
      const key = `${category} ${code} ${isSame ? '' : message}`;
      if (told.has(key)) continue;
      told.set(key, {
        subscriptionId,
        kind,
        code,
        ...(status === undefined ? {} : { status }),
        message,
        hint,
        category,
      });
    }
    return [...told.values()];
  }

  #diagnose(error: unknown): Diagnosis {
    return diagnose(error, this.#options.connection.credential);
  }

  #notListed(cause: unknown): AzureError {
    const { message, hint, category } = cause instanceof AzureError ? cause : this.#diagnose(cause);
    const code = cause instanceof AzureError ? cause.code : 'REQUEST_FAILED';
    return new AzureError(code, `The list of subscriptions could not be had: ${message}`, { category, hint, cause });
  }

  #throwIfOver(signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    this.#gateway.closing.throwIfAborted();
  }

  #tell(event: InventoryEvent): void {
    this.#options.onEvent?.(event);
    publish(event);
  }
}

const SUBSCRIPTIONS = { kind: 'subscriptions', subscriptionId: undefined } as const;

function fetchOptions({ mode, maxAgeMs, signal }: FreshnessRequest): AnswerFetchOptions {
  return {
    ...(mode === undefined ? {} : { mode }),
    ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Ids of subscriptions do not differ by case. */
function unique(subscriptions: readonly string[]): string[] {
  return [...new Map(subscriptions.map((id) => [id.toLowerCase(), id])).values()];
}
