import type { Principal } from '../identity/tokens.ts';
import type { World } from '../world.ts';
import { ArmError, badRequest, groupNotFound, subscriptionNotFound } from './arm-error.ts';
import { authenticate, wrongTenant } from './authenticate.ts';
import type { Reply } from './reply.ts';
import type { RoutedRequest } from './request.ts';
import type { ArmRoute } from './router.ts';
import type { Throttle } from './throttle.ts';

/**
 * Lets a request through to its route, with Resource Manager's checks in its order: api-version, subscription, token,
 * tenant, rate limit, role, resource group.
 */
export class ResourceManager {
  readonly #world: World;
  readonly #throttle: Throttle;
  readonly #audiences: ReadonlySet<string>;

  constructor(world: World, throttle: Throttle, audiences: readonly string[]) {
    this.#world = world;
    this.#throttle = throttle;
    this.#audiences = new Set(audiences);
  }

  answer(request: RoutedRequest, handle: ArmRoute['handle']): Reply {
    checkApiVersion(request);
    const subscription = this.#subscription(request);
    const principal = authenticate(request, this.#world.tokens, this.#audiences);
    if (subscription !== undefined && subscription.tenantId !== principal.tenantId) {
      throw wrongTenant(request, principal.tenantId, subscription.tenantId);
    }
    const { method, kind } = request;
    const limits = this.#throttle.charge({
      method,
      kind,
      subscriptionId: subscription?.id,
      objectId: principal.objectId,
    });
    const reply = this.#authorized(request, subscription?.id, principal, handle);
    return { ...reply, headers: { ...limits, ...reply.headers } };
  }

  #authorized(
    request: RoutedRequest,
    subscriptionId: string | undefined,
    principal: Principal,
    handle: ArmRoute['handle'],
  ): Reply {
    try {
      const group = request.parameters['resourceGroup'];
      if (subscriptionId !== undefined && !this.#world.access.mayRead(principal, subscriptionId, group)) {
        throw authorizationFailed(request, principal);
      }
      if (subscriptionId !== undefined && group !== undefined) this.#checkGroup(subscriptionId, group);
      return handle(request, principal);
    } catch (error) {
      // An error answer tells what is left of the rate limit, too.
      if (error instanceof ArmError) return error.reply;
      throw error;
    }
  }

  #subscription({ parameters }: RoutedRequest): { id: string; tenantId: string } | undefined {
    const id = parameters['subscriptionId'];
    if (id === undefined) return undefined;
    const subscription = this.#world.tenancy.subscription(id);
    if (subscription === undefined) throw subscriptionNotFound(id);
    return subscription;
  }

  #checkGroup(subscriptionId: string, group: string): void {
    if (!this.#world.fleet.groups.get(subscriptionId)?.has(group.toLowerCase())) throw groupNotFound(group);
  }
}

function checkApiVersion({ query }: RoutedRequest): void {
  const version = query.get('api-version');
  if (version === undefined || version === '') {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.';
    throw badRequest('MissingApiVersionParameter', message);
  }
  if (!/^\d{4}-\d{2}-\d{2}(-[a-z]+)?$/i.test(version)) {
    const message = `The api-version '${version}' is invalid. The supported versions have the form '2024-07-01'.`;
    throw badRequest('InvalidApiVersionParameter', message);
  }
}

function authorizationFailed({ path }: RoutedRequest, { objectId, clientId }: Principal): ArmError {
  const [, type = 'Microsoft.Resources/subscriptions'] = /\/providers\/([^/]+\/[^/]+)/i.exec(path) ?? [];
  const [scope] = path.split(/\/providers\//i);
  const message = `The client '${clientId}' with object id '${objectId}' does not have authorization to perform action '${type}/read' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  return new ArmError(403, 'AuthorizationFailed', message);
}
