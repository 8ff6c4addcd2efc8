import { groupId } from '../fleet/ids.ts';
import { groupNotFound } from '../server/arm-error.ts';
import { arrayPage, pageReply } from '../server/paging.ts';
import { ok } from '../server/reply.ts';
import { armGet, type Route } from '../server/router.ts';
import type { World } from '../world.ts';
import { scopeOf } from './scope.ts';

/** Resource groups. One exists from its first machine on. */
export function resourceGroupRoutes({ fleet, pageSize }: World): readonly Route[] {
  const list = '/subscriptions/{subscriptionId}/resourcegroups';
  return [
    armGet(list, 'resource-groups', (request) => {
      const { subscriptionId } = scopeOf(request);
      const groups = [...(fleet.groups.get(subscriptionId)?.values() ?? [])];
      return pageReply(request, arrayPage(groups, pageSize), (group) => groupBody(subscriptionId, group));
    }),
    armGet(`${list}/{resourceGroup}`, 'resource-groups', (request) => {
      const { subscriptionId, resourceGroup = '' } = scopeOf(request);
      const group = fleet.groups.get(subscriptionId)?.get(resourceGroup.toLowerCase());
      if (group === undefined) throw groupNotFound(resourceGroup);
      return ok(groupBody(subscriptionId, group));
    }),
  ];
}

function groupBody(subscriptionId: string, { name, location }: { name: string; location: string }): object {
  return {
    id: groupId({ subscriptionId, resourceGroup: name }),
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location,
    properties: { provisioningState: 'Succeeded' },
  };
}
