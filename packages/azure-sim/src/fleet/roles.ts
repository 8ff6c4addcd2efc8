/** What a machine of the generated fleet is for, and what follows from it. */
export interface Role {
  readonly group: string;
  readonly os: 'Linux' | 'Windows';
  readonly sizes: readonly [string, ...string[]];
  readonly owner: string;
}

export type RoleName = 'web' | 'api' | 'db' | 'cache' | 'worker' | 'batch' | 'sql';

export const roles: Readonly<Record<RoleName, Role>> = {
  web: { group: 'rg-web', os: 'Linux', sizes: ['Standard_B2s', 'Standard_D2s_v5'], owner: 'storefront' },
  api: { group: 'rg-web', os: 'Linux', sizes: ['Standard_D2s_v5', 'Standard_D4s_v5'], owner: 'platform' },
  db: { group: 'rg-data', os: 'Linux', sizes: ['Standard_E4s_v5', 'Standard_E8s_v5'], owner: 'data' },
  cache: { group: 'rg-data', os: 'Linux', sizes: ['Standard_E2s_v5'], owner: 'data' },
  worker: { group: 'rg-jobs', os: 'Linux', sizes: ['Standard_D4as_v5', 'Standard_F4s_v2'], owner: 'platform' },
  batch: { group: 'rg-jobs', os: 'Linux', sizes: ['Standard_F8s_v2', 'Standard_F16s_v2'], owner: 'analytics' },
  sql: { group: 'rg-windows', os: 'Windows', sizes: ['Standard_D4s_v5', 'Standard_E8s_v5'], owner: 'finance' },
};

/** Something about a machine that a client must not trip over. */
export type Trait =
  | 'plain'
  | 'private'
  | 'deallocated-dynamic'
  | 'untagged'
  | 'stopped'
  | 'several-nics'
  | 'several-configurations'
  | 'dual-stack'
  | 'starting'
  | 'failed'
  | 'deallocated-private';

/**
 * The fleet repeats these twenty, so that the default fleet of twenty has one of every kind, however it is seeded. The first
 * ones are ordinary, for the sake of very small fleets.
 */
export const cycle: readonly (readonly [RoleName, Trait])[] = [
  ['web', 'plain'],
  ['api', 'plain'],
  ['db', 'private'],
  ['web', 'plain'],
  ['worker', 'plain'],
  ['batch', 'deallocated-dynamic'],
  ['web', 'dual-stack'],
  ['api', 'plain'],
  ['cache', 'untagged'],
  ['web', 'plain'],
  ['batch', 'stopped'],
  ['web', 'plain'],
  ['api', 'several-nics'],
  ['db', 'several-configurations'],
  ['sql', 'plain'],
  ['web', 'plain'],
  ['worker', 'starting'],
  ['batch', 'failed'],
  ['api', 'plain'],
  ['sql', 'deallocated-private'],
];

export const locations: readonly [string, ...string[]] = ['westeurope', 'northeurope', 'eastus2', 'southeastasia'];
