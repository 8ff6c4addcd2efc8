import type { HostKeyRules } from '../host-keys/host-key-guard.ts';
import type { IdentityRules } from '../identities/identities.ts';

/** One connection of a route, with everything decided: where to, as whom, with which keys, trusting which. */
export interface Hop {
  /** Two hops with the same key share a connection. */
  readonly key: string;
  /** The machine as people know it. */
  readonly label: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly identities: IdentityRules;
  readonly hostKeys: HostKeyRules;
}

/** The jump hosts, in order, and the machine itself. */
export type Route = readonly [Hop, ...Hop[]];

export function lastHop(route: Route): Hop {
  return route.at(-1) ?? route[0];
}
