import { ComputeManagementClient } from '@azure/arm-compute';
import { NetworkManagementClient } from '@azure/arm-network';
import { createHttpHeaders, createPipelineRequest, type HttpClient, type Pipeline } from '@azure/core-rest-pipeline';

import type { AzureApi, Page, SubscriptionInfo } from '../azure-api.ts';
import { partsOfId } from '../ids.ts';
import { slimInstanceView, slimMachine, slimNic, slimPublicIp, slimStatus } from '../slim.ts';

/** The last API version of the subscriptions list; there is no client for it among those used here. */
const SUBSCRIPTIONS_API_VERSION = '2022-12-01';

export interface ArmApiOptions {
  endpoint: string;
  pipeline: Pipeline;
  httpClient: HttpClient;
}

/** The calls, made by the SDK's clients. */
export function createArmApi(options: ArmApiOptions): AzureApi {
  const clients = new Map<string, { compute: ComputeManagementClient; network: NetworkManagementClient }>();
  // The pipeline authenticates; the clients ask for a credential all the same.
  const credential = { getToken: () => Promise.resolve(null) };

  function clientsOf(subscriptionId: string): { compute: ComputeManagementClient; network: NetworkManagementClient } {
    let pair = clients.get(subscriptionId);
    if (pair === undefined) {
      pair = {
        compute: new ComputeManagementClient(credential, subscriptionId, options),
        network: new NetworkManagementClient(credential, subscriptionId, options),
      };
      clients.set(subscriptionId, pair);
    }
    return pair;
  }

  return {
    machines({ subscriptionId, resourceGroup }, link) {
      const { virtualMachines } = clientsOf(subscriptionId).compute;
      const list = resourceGroup === undefined ? virtualMachines.listAll() : virtualMachines.list(resourceGroup);
      return pageOf(list, link, slimMachine);
    },
    statuses({ subscriptionId }, link) {
      const list = clientsOf(subscriptionId).compute.virtualMachines.listAll({ statusOnly: 'true' });
      return pageOf(list, link, slimStatus);
    },
    async status({ id, vmId, location }, subscriptionId) {
      const { resourceGroup, name } = partsOfId(id);
      const view = await clientsOf(subscriptionId).compute.virtualMachines.instanceView(resourceGroup, name);
      return { id, vmId, location, ...slimInstanceView(view) };
    },
    nics({ subscriptionId, resourceGroup }, link) {
      const { networkInterfaces } = clientsOf(subscriptionId).network;
      const list = resourceGroup === undefined ? networkInterfaces.listAll() : networkInterfaces.list(resourceGroup);
      return pageOf(list, link, slimNic);
    },
    publicIps({ subscriptionId, resourceGroup }, link) {
      const { publicIPAddresses } = clientsOf(subscriptionId).network;
      const list = resourceGroup === undefined ? publicIPAddresses.listAll() : publicIPAddresses.list(resourceGroup);
      return pageOf(list, link, slimPublicIp);
    },
    subscriptions: (link) => subscriptionsPage(options, link),
  };
}

interface Pages<T> {
  byPage(settings?: { continuationToken?: string }): AsyncIterableIterator<T[] & { continuationToken?: string }>;
}

/** One page is one request: an iterator of its own for each, so that a page can be asked for again. */
async function pageOf<T, S>(list: Pages<T>, link: string | undefined, slim: (item: T) => S): Promise<Page<S>> {
  const { value } = await list.byPage(link === undefined ? {} : { continuationToken: link }).next();
  const page = value as (T[] & { continuationToken?: string }) | undefined;
  return { items: (page ?? []).map(slim), next: page?.continuationToken };
}

async function subscriptionsPage(options: ArmApiOptions, link: string | undefined): Promise<Page<SubscriptionInfo>> {
  const url = link ?? `${options.endpoint}/subscriptions?api-version=${SUBSCRIPTIONS_API_VERSION}`;
  const headers = createHttpHeaders({ accept: 'application/json' });
  const response = await options.pipeline.sendRequest(options.httpClient, createPipelineRequest({ url, headers }));
  const body = JSON.parse(response.bodyAsText ?? '') as SubscriptionList;
  if (response.status !== 200) {
    throw Object.assign(new Error(body.error?.message ?? 'The subscriptions could not be listed'), {
      statusCode: response.status,
      code: body.error?.code,
    });
  }
  return { items: (body.value ?? []).map(slimSubscription), next: body.nextLink };
}

interface SubscriptionList {
  value?: { subscriptionId: string; displayName?: string; tenantId?: string; state?: string }[];
  nextLink?: string;
  error?: { code?: string; message?: string };
}

function slimSubscription(raw: NonNullable<SubscriptionList['value']>[number]): SubscriptionInfo {
  return {
    id: raw.subscriptionId,
    name: raw.displayName ?? raw.subscriptionId,
    tenantId: raw.tenantId ?? null,
    state: raw.state ?? null,
  };
}
