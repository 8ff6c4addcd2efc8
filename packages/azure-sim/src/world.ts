import type { Fleet } from './fleet/fleet.ts';
import type { Access } from './identity/access.ts';
import type { Tenancy } from './identity/tenancy.ts';
import type { TokenIssuer } from './identity/tokens.ts';

/** What the routes read. */
export interface World {
  readonly fleet: Fleet;
  readonly tenancy: Tenancy;
  readonly access: Access;
  readonly tokens: TokenIssuer;
  readonly pageSize: number;
  /** Guards the managed-identity endpoint. */
  readonly identitySecret: string;
}
