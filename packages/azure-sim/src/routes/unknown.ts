import { ArmError } from '../server/arm-error.ts';
import { split, type ArmRoute } from '../server/router.ts';
import type { RoutedRequest, SimRequest } from '../server/request.ts';

const namespaces: Readonly<Record<string, readonly string[]>> = {
  'microsoft.compute': ['virtualmachines'],
  'microsoft.network': ['networkinterfaces', 'publicipaddresses'],
};

/** A Resource Manager request that no route fits, with the parameters that its path gives away. */
export function unknownRequest(request: SimRequest): RoutedRequest {
  const [first, subscriptionId, third, resourceGroup] = split(request.path);
  const inSubscription = first?.toLowerCase() === 'subscriptions' && subscriptionId !== undefined;
  const inGroup = inSubscription && third?.toLowerCase() === 'resourcegroups' && resourceGroup !== undefined;
  const parameters = {
    ...(inSubscription ? { subscriptionId } : {}),
    ...(inGroup ? { resourceGroup } : {}),
  };
  return { ...request, kind: 'other', parameters };
}

/** Answers it as Azure answers for what it does not have, or says that the simulator cannot do that. */
export const answerUnknown: ArmRoute['handle'] = ({ method, path, query }) => {
  const [, namespace, type = ''] = /\/providers\/([^/]+)\/?([^/]*)/i.exec(path) ?? [];
  const types = namespace === undefined ? undefined : namespaces[namespace.toLowerCase()];
  if (namespace !== undefined && types === undefined) {
    throw new ArmError(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`);
  }
  if (types !== undefined && !types.includes(type.toLowerCase())) {
    const version = query.get('api-version') ?? '';
    const message = `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${version}'.`;
    throw new ArmError(404, 'InvalidResourceType', message);
  }
  if (method !== 'GET') {
    throw new ArmError(501, 'NotImplemented', `The simulator does not do ${method} ${path}.`);
  }
  throw new ArmError(404, 'NotFound', `There is nothing at ${path}.`);
};
