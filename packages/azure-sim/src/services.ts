import { loginRoutes } from './routes/login.ts';
import { managedIdentityRoutes } from './routes/managed-identity.ts';
import { metadataRoutes } from './routes/metadata.ts';
import { networkInterfaceRoutes } from './routes/network-interfaces.ts';
import { publicIpAddressRoutes } from './routes/public-ip-addresses.ts';
import { resourceGroupRoutes } from './routes/resource-groups.ts';
import { tenantRoutes } from './routes/tenants.ts';
import { answerUnknown, unknownRequest } from './routes/unknown.ts';
import { virtualMachineRoutes } from './routes/virtual-machines.ts';
import { ArmError } from './server/arm-error.ts';
import type { Service } from './server/exchange.ts';
import type { Reply } from './server/reply.ts';
import { ResourceManager } from './server/resource-manager.ts';
import { Router } from './server/router.ts';
import type { Throttle } from './server/throttle.ts';
import type { World } from './world.ts';

/** Resource Manager and the sign-in endpoints, as they answer at one https address. */
export function azureService(world: World, throttle: Throttle, audiences: readonly string[]): Service {
  const router = new Router([
    ...metadataRoutes(),
    ...loginRoutes(world),
    ...tenantRoutes(world),
    ...resourceGroupRoutes(world),
    ...virtualMachineRoutes(world),
    ...networkInterfaceRoutes(world),
    ...publicIpAddressRoutes(world),
  ]);
  const resourceManager = new ResourceManager(world, throttle, audiences);
  return {
    route: (unrouted) => {
      const { route, request } = router.find(unrouted) ?? { request: unknownRequest(unrouted) };
      const answer =
        route?.access === 'open'
          ? () => route.handle(request)
          : () => resourceManager.answer(request, route?.handle ?? answerUnknown);
      const subscriptionId = request.parameters['subscriptionId'];
      return { kind: request.kind, subscriptionId, answer: () => errorsAnswered(answer) };
    },
  };
}

/** The managed-identity endpoint, at an http address of its own, as App Service has it. */
export function identityService(world: World, issuer: string): Service {
  const router = new Router(managedIdentityRoutes(world, issuer));
  return {
    route: (unrouted) => {
      const found = router.find(unrouted);
      const answer = (): Reply =>
        found?.route.access === 'open' ? found.route.handle(found.request) : { status: 404, body: { statusCode: 404 } };
      return { kind: 'token', subscriptionId: undefined, answer };
    },
  };
}

function errorsAnswered(answer: () => Reply): Reply {
  try {
    return answer();
  } catch (error) {
    if (error instanceof ArmError) return error.reply;
    throw error;
  }
}
