import type { AnswerFetchOptions, AnswerMode, AnswerStore, FetchedAnswer } from './answers.ts';
import type { AzureApi, Page, Place } from './azure-api.ts';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import { isRefusal, notCached, statusOf } from './fleet-error.ts';
import { PART_KINDS, type PartKind } from './fleet.ts';
import { partsOfId } from './ids.ts';
import { answerKey, KIND_OF_PART } from './keys.ts';
import type { SlimMachine, SlimNic, SlimPublicIp, SlimStatus } from './slim.ts';

/** What each part holds. */
export interface PartItems {
  'vm-list': SlimMachine;
  'vm-status': SlimStatus;
  nic: SlimNic;
  'public-ip': SlimPublicIp;
}

/** A part as it is stored. Parts fetched together have the same `startedAt`, so that it is known what fits together. */
interface StoredPart<K extends PartKind> {
  /** When the listing that fetched it started, in milliseconds since the epoch. */
  startedAt: number;
  items: PartItems[K][];
}

/** A part that is there, perhaps an old one with the `error` that kept a new one from coming; or the error alone. */
export type PartResult<K extends PartKind> =
  | { answer: FetchedAnswer<StoredPart<K>>; error?: unknown }
  | { answer?: undefined; error: unknown };

export type PartResults = { [K in PartKind]: PartResult<K> };

export interface PartFetcherOptions {
  subscriptionId: string;
  /** Where the subscription may not be listed, this group of it may be. */
  resourceGroup: string | undefined;
  store: AnswerStore;
  caller: Caller;
  clock: Clock;
  fetch: AnswerFetchOptions;
}

/** Fetches the parts of one subscription's listing, each from the store or from Azure. */
export class PartFetcher {
  readonly #options: PartFetcherOptions;
  /** The parts that the subscription refused, and that are asked of the group instead. */
  readonly #refused = new Set<PartKind>();

  constructor(options: PartFetcherOptions) {
    this.#options = options;
  }

  /** True when at least one part covers the resource group only. */
  get isOfGroup(): boolean {
    return this.#refused.size > 0;
  }

  /**
   * A group's answer says that the subscription refused: while it is good, the subscription is not asked just to refuse
   * again.
   */
  async chooseScope(): Promise<void> {
    const { store, subscriptionId, resourceGroup, fetch } = this.#options;
    if (resourceGroup === undefined || fetch.mode === 'refresh' || fetch.mode === 'bypass') return;
    const list = store.namespace('vm_list', subscriptionId);
    if ((await list.get(answerKey())) !== undefined) return;
    const ofGroup = await list.get(answerKey(resourceGroup));
    if (ofGroup?.freshness === 'fresh' || (ofGroup !== undefined && fetch.mode === 'offline')) {
      for (const kind of PART_KINDS) this.#refused.add(kind);
    }
  }

  /** Fetches `kinds` together; what is fetched from Azure bears the same `startedAt`. */
  async fetch<K extends PartKind>(kinds: readonly K[], mode = this.#options.fetch.mode): Promise<Pick<PartResults, K>> {
    const batch: Batch = { startedAt: this.#options.clock.now(), mode, machines: undefined };
    if (kinds.some((kind) => kind === 'vm-list')) batch.machines = this.#part('vm-list', batch);
    const entries = kinds.map(async (kind) => [
      kind,
      await ((kind === 'vm-list' && batch.machines) || this.#part(kind, batch)),
    ]);
    return Object.fromEntries(await Promise.all(entries)) as Pick<PartResults, K>;
  }

  async #part<K extends PartKind>(kind: K, batch: Batch): Promise<PartResult<K>> {
    if (this.#refused.has(kind)) return this.#answer(kind, this.#options.resourceGroup, batch);
    const result = await this.#answer(kind, undefined, batch);
    if (this.#options.resourceGroup === undefined || statusOf(result.error) !== 403) return result;
    this.#refused.add(kind);
    return this.#answer(kind, this.#options.resourceGroup, batch);
  }

  async #answer<K extends PartKind>(kind: K, resourceGroup: string | undefined, batch: Batch): Promise<PartResult<K>> {
    const { store, subscriptionId, fetch } = this.#options;
    const place: Place = { subscriptionId, ...(resourceGroup === undefined ? {} : { resourceGroup }) };
    const load = async ({ signal }: { signal: AbortSignal }): Promise<{ value: StoredPart<K> }> => {
      const items = (await this.#load(kind, place, batch, signal)) as PartItems[K][];
      return { value: { startedAt: batch.startedAt, items } };
    };
    try {
      const answer = await store
        .namespace(KIND_OF_PART[kind], subscriptionId)
        .fetch(answerKey(resourceGroup), load, { ...fetch, ...(batch.mode === undefined ? {} : { mode: batch.mode }) });
      // Azure being down is made good by an old answer; a "no" is not.
      if (answer.error !== undefined && isRefusal(answer.error)) return { error: answer.error };
      return answer.error === undefined ? { answer } : { answer, error: answer.error };
    } catch (error) {
      return { error: batch.mode === 'offline' ? notCached(`${kind} of this subscription`, error) : error };
    }
  }

  #load(kind: PartKind, place: Place, batch: Batch, signal: AbortSignal): Promise<PartItems[PartKind][]> {
    if (kind === 'vm-status' && place.resourceGroup !== undefined) return this.#statusesOfGroup(place, batch, signal);
    const purpose = { kind, subscriptionId: place.subscriptionId };
    const getPage: GetPage<PartKind> = GET_PAGE[kind];
    return this.#options.caller.pages(purpose, (api, link) => getPage(api, place, link), signal);
  }

  /** There is no status list of a group: each machine of the group is asked for its own. */
  async #statusesOfGroup(place: Place, batch: Batch, signal: AbortSignal): Promise<SlimStatus[]> {
    batch.machines ??= this.#part('vm-list', { ...batch, mode: 'fresh' });
    const list = await batch.machines;
    if (list.answer === undefined) throw list.error;
    const purpose = { kind: 'vm-status' as const, subscriptionId: place.subscriptionId };
    // The list may be of the whole subscription, where only the status was refused.
    const inGroup = list.answer.value.items.filter((machine) => isInGroup(machine.id, place.resourceGroup));
    const statuses = inGroup.map(async (machine) => {
      try {
        return await this.#options.caller.call(purpose, (api) => api.status(machine, place.subscriptionId), signal);
      } catch (error) {
        // Deleted since it was listed.
        if (statusOf(error) === 404) return [];
        throw error;
      }
    });
    return (await Promise.all(statuses)).flat();
  }
}

function isInGroup(id: string, resourceGroup: string | undefined): boolean {
  return partsOfId(id).resourceGroup.toLowerCase() === resourceGroup?.toLowerCase();
}

type GetPage<K extends PartKind> = (
  api: AzureApi,
  place: Place,
  link: string | undefined,
) => Promise<Page<PartItems[K]>>;

const GET_PAGE: { [K in PartKind]: GetPage<K> } = {
  'vm-list': (api, place, link) => api.machines(place, link),
  'vm-status': (api, place, link) => api.statuses(place, link),
  nic: (api, place, link) => api.nics(place, link),
  'public-ip': (api, place, link) => api.publicIps(place, link),
};

interface Batch {
  startedAt: number;
  mode: AnswerMode | undefined;
  /** The list under way in this batch. */
  machines: Promise<PartResult<'vm-list'>> | undefined;
}
