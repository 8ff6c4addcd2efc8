import { publicIpAddress } from '../bodies/public-ip-address.ts';
import { publicIpId } from '../fleet/ids.ts';
import { resourceNotFound } from '../server/arm-error.ts';
import { pageReply } from '../server/paging.ts';
import { ok, type Reply } from '../server/reply.ts';
import type { RoutedRequest } from '../server/request.ts';
import { armGet, type Route } from '../server/router.ts';
import type { World } from '../world.ts';
import { resourcePaths, scopeOf } from './scope.ts';

const type = 'Microsoft.Network/publicIPAddresses';

export function publicIpAddressRoutes(world: World): readonly Route[] {
  const paths = resourcePaths(type);
  return [
    armGet(paths.list, 'public-ip-list', (request) => list(world, request)),
    armGet(paths.listGroup, 'public-ip-list-group', (request) => list(world, request)),
    armGet(paths.one, 'public-ip-get', (request) => get(world, request)),
  ];
}

function list({ fleet, pageSize }: World, request: RoutedRequest): Reply {
  const read = (after: number) => fleet.network.publicIps.page(scopeOf(request), after, pageSize);
  return pageReply(request, read, (publicIp) => publicIpAddress(publicIp));
}

function get({ fleet }: World, request: RoutedRequest): Reply {
  const { subscriptionId, resourceGroup = '', name } = scopeOf(request);
  const publicIp = fleet.network.publicIps.get(publicIpId({ subscriptionId, resourceGroup }, name));
  if (publicIp === undefined) throw resourceNotFound(type, name, resourceGroup);
  return ok(publicIpAddress(publicIp));
}
