import type { SimSubscription, SimTenant } from '../identity/tenancy.ts';
import { subscriptionNotFound } from '../server/arm-error.ts';
import { arrayPage, pageReply } from '../server/paging.ts';
import { ok } from '../server/reply.ts';
import { armGet, type Route } from '../server/router.ts';
import type { World } from '../world.ts';
import { scopeOf } from './scope.ts';

/** Tenants and subscriptions, as far as the caller may see them. */
export function tenantRoutes({ tenancy, access, pageSize }: World): readonly Route[] {
  return [
    armGet('/tenants', 'tenants', (request, { tenantId }) => {
      const tenants = tenancy.tenants.filter(({ id }) => id === tenantId);
      return pageReply(request, arrayPage(tenants, pageSize), tenantBody);
    }),
    armGet('/subscriptions', 'subscriptions', (request, principal) => {
      const visible = tenancy.subscriptions.filter((subscription) => access.maySee(principal, subscription));
      return pageReply(request, arrayPage(visible, pageSize), subscriptionBody);
    }),
    armGet('/subscriptions/{subscriptionId}', 'subscriptions', (request) => {
      const { subscriptionId } = scopeOf(request);
      const subscription = tenancy.subscription(subscriptionId);
      if (subscription === undefined) throw subscriptionNotFound(subscriptionId);
      return ok(subscriptionBody(subscription));
    }),
  ];
}

function tenantBody({ id, name }: SimTenant): object {
  return {
    id: `/tenants/${id}`,
    tenantId: id,
    countryCode: 'NL',
    displayName: name,
    domains: [`${name.toLowerCase().replaceAll(' ', '-')}.sim.invalid`],
    tenantCategory: 'Home',
  };
}

function subscriptionBody({ id, name, tenantId }: SimSubscription): object {
  return {
    id: `/subscriptions/${id}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: id,
    tenantId,
    displayName: name,
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}
