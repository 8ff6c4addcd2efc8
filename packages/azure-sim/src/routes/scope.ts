import type { RoutedRequest } from '../server/request.ts';

/** Paths of a resource type: its list of a subscription, of a group, and one of its resources. */
export function resourcePaths(type: string): { list: string; listGroup: string; one: string } {
  const group = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroup}';
  return {
    list: `/subscriptions/{subscriptionId}/providers/${type}`,
    listGroup: `${group}/providers/${type}`,
    one: `${group}/providers/${type}/{name}`,
  };
}

/** The subscription, group and name that a request's path names. */
export function scopeOf({ parameters }: RoutedRequest): {
  subscriptionId: string;
  resourceGroup: string | undefined;
  name: string;
} {
  const { subscriptionId = '', resourceGroup, name = '' } = parameters;
  return { subscriptionId: subscriptionId.toLowerCase(), resourceGroup, name };
}
