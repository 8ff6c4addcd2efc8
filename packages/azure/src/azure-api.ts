import type { SlimMachine, SlimNic, SlimPublicIp, SlimStatus } from './slim.ts';

/** The calls this package makes, each one request; what is behind them is loaded when the first is made. */
export interface AzureApi {
  machines(place: Place, link?: string): Promise<Page<SlimMachine>>;
  /** Of the whole subscription: there is no status list of a group. */
  statuses(place: Place, link?: string): Promise<Page<SlimStatus>>;
  status(machine: Pick<SlimMachine, 'id' | 'vmId' | 'location'>, subscriptionId: string): Promise<SlimStatus>;
  nics(place: Place, link?: string): Promise<Page<SlimNic>>;
  publicIps(place: Place, link?: string): Promise<Page<SlimPublicIp>>;
  subscriptions(link?: string): Promise<Page<SubscriptionInfo>>;
}

/** A subscription, or one resource group of it. */
export interface Place {
  subscriptionId: string;
  resourceGroup?: string;
}

export interface Page<T> {
  items: T[];
  /** The link of the next page. */
  next: string | undefined;
}

/** A subscription the signed-in account can see. */
export interface SubscriptionInfo {
  id: string;
  name: string;
  tenantId: string | null;
  /** `Enabled`, `Warned`, `Disabled`, … */
  state: string | null;
}
