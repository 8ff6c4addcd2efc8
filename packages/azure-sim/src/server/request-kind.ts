/** What requests are counted by. `other`: a Resource Manager request that is none of the rest. */
export const requestKinds = [
  'token',
  'metadata',
  'tenants',
  'subscriptions',
  'vm-list',
  'vm-list-group',
  'vm-status',
  'vm-get',
  'vm-instance-view',
  'nic-list',
  'nic-list-group',
  'nic-get',
  'public-ip-list',
  'public-ip-list-group',
  'public-ip-get',
  'resource-groups',
  'login',
  'other',
] as const;

export type RequestKind = (typeof requestKinds)[number];

/** Whether a request goes to Resource Manager's resources: needs a token and an api-version, and is rate-limited. */
export function isResourceManager(kind: RequestKind): boolean {
  return kind !== 'token' && kind !== 'metadata' && kind !== 'login';
}
