import { networkInterface, type ExpandPublicIp } from '../bodies/network-interface.ts';
import { publicIpAddress } from '../bodies/public-ip-address.ts';
import { nicId } from '../fleet/ids.ts';
import { resourceNotFound } from '../server/arm-error.ts';
import { pageReply } from '../server/paging.ts';
import { ok, type Reply } from '../server/reply.ts';
import type { RoutedRequest } from '../server/request.ts';
import { armGet, type Route } from '../server/router.ts';
import type { World } from '../world.ts';
import { resourcePaths, scopeOf } from './scope.ts';

const type = 'Microsoft.Network/networkInterfaces';

export function networkInterfaceRoutes(world: World): readonly Route[] {
  const paths = resourcePaths(type);
  return [
    armGet(paths.list, 'nic-list', (request) => list(world, request)),
    armGet(paths.listGroup, 'nic-list-group', (request) => list(world, request)),
    armGet(paths.one, 'nic-get', (request) => get(world, request)),
  ];
}

function list({ fleet, pageSize }: World, request: RoutedRequest): Reply {
  const read = (after: number) => fleet.network.nics.page(scopeOf(request), after, pageSize);
  return pageReply(request, read, (nic) => networkInterface(nic));
}

function get({ fleet }: World, request: RoutedRequest): Reply {
  const { subscriptionId, resourceGroup = '', name } = scopeOf(request);
  const nic = fleet.network.nics.get(nicId({ subscriptionId, resourceGroup }, name));
  if (nic === undefined) throw resourceNotFound(type, name, resourceGroup);
  const expand: ExpandPublicIp = (id) => {
    const publicIp = fleet.network.publicIps.get(id);
    return publicIp && publicIpAddress(publicIp);
  };
  const expanded = request.query.list('$expand').has('ipconfigurations/publicipaddress');
  return ok(networkInterface(nic, expanded ? expand : undefined));
}
