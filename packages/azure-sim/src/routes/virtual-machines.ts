import { instanceView } from '../bodies/instance-view.ts';
import { virtualMachine, virtualMachineStatus } from '../bodies/virtual-machine.ts';
import type { Page } from '../fleet/collection.ts';
import { machineId } from '../fleet/ids.ts';
import type { StoredMachine } from '../fleet/stored.ts';
import { badRequest, resourceNotFound } from '../server/arm-error.ts';
import { pageReply } from '../server/paging.ts';
import { ok, type Reply } from '../server/reply.ts';
import type { RequestKind } from '../server/request-kind.ts';
import type { Query, RoutedRequest } from '../server/request.ts';
import { armGet, type Route } from '../server/router.ts';
import type { World } from '../world.ts';
import { resourcePaths, scopeOf } from './scope.ts';

const type = 'Microsoft.Compute/virtualMachines';

/** Lists, gets and instance views of machines. (Power operations would be added here.) */
export function virtualMachineRoutes(world: World): readonly Route[] {
  const paths = resourcePaths(type);
  return [
    armGet(paths.list, listKind, (request) => list(world, request, isStatusOnly(request.query))),
    // Azure's list of a group has no statusOnly.
    armGet(paths.listGroup, 'vm-list-group', (request) => list(world, request, false)),
    armGet(paths.one, 'vm-get', (request) => ok(virtualMachine(find(world, request), request.query.list('$expand')))),
    armGet(`${paths.one}/instanceView`, 'vm-instance-view', (request) => ok(instanceView(find(world, request)))),
  ];
}

function list({ fleet, pageSize }: World, request: RoutedRequest, statusOnly: boolean): Reply {
  const { query } = request;
  const filter = query.get('$filter');
  if (filter !== undefined) checkFilter(filter);
  if (query.list('$expand').has('instanceview') && filter === undefined) {
    const message = "The expand expression 'instanceView' needs a $filter with a virtual machine scale set.";
    throw badRequest('InvalidParameter', message, '$expand');
  }
  // The only filter there is asks for the machines of a scale set, and no machine here belongs to one.
  const read = (after: number): Page<StoredMachine> =>
    filter === undefined ? fleet.collection.page(scopeOf(request), after, pageSize) : { items: [], next: undefined };
  return pageReply(request, read, statusOnly ? virtualMachineStatus : (machine) => virtualMachine(machine));
}

function find({ fleet }: World, request: RoutedRequest): StoredMachine {
  const { subscriptionId, resourceGroup = '', name } = scopeOf(request);
  const machine = fleet.collection.get(machineId({ subscriptionId, resourceGroup }, name));
  if (machine === undefined) throw resourceNotFound(type, name, resourceGroup);
  return machine;
}

function checkFilter(filter: string): void {
  if (/^'virtualMachineScaleSet\/id' eq '[^']+'$/i.test(filter.trim())) return;
  throw badRequest('InvalidParameter', `The filter expression '${filter}' is not valid.`, '$filter');
}

function listKind(query: Query): RequestKind {
  return isStatusOnly(query) ? 'vm-status' : 'vm-list';
}

function isStatusOnly(query: Query): boolean {
  return query.get('statusOnly')?.toLowerCase() === 'true';
}
