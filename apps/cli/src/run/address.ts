import type { Target } from '@azfleet/ssh-pool';
import type { ListedVm } from '../fleet/columns.ts';
import type { Settings } from '../settings/settings.ts';

/** A machine, and where it is believed to be. */
export interface Place {
  readonly machine: ListedVm;
  readonly address: string;
  /** Azure itself told this command so. An address from the cache may be another machine's by now. */
  readonly isFromAzure: boolean;
}

/** Where to reach a machine: through a jump host inside its network, else from outside if there is a way. */
export function addressOf({ publicIps, privateIps }: ListedVm, { address, jump }: Settings['ssh']): string | undefined {
  const outside = preferred(publicIps);
  const inside = preferred(privateIps);
  if (address !== 'auto') return address === 'public' ? outside : inside;
  return jump === undefined ? (outside ?? inside) : (inside ?? outside);
}

/** IPv4, where a machine has both: it is what works from most places. */
function preferred(addresses: readonly string[] | null): string | undefined {
  return addresses?.find((address) => !address.includes(':')) ?? addresses?.[0];
}

/**
 * What the pool connects to. User and port are given only where azfleet's own configuration names them, so that
 * `~/.ssh/config` has its say. The host key is known under the machine's id, and by that survives a change of address.
 */
export function targetOf({ machine, address, isFromAzure }: Place, { ssh }: Settings): Target {
  const { user, identityFiles, jump, hostKeyPolicy } = ssh;
  const port = portOf(machine, ssh);
  const hostKeyAlias = hostKeyAliasOf(machine);
  return {
    host: address,
    name: machine.name,
    identityFiles,
    hostKeyPolicy,
    mayAddHostKey: isFromAzure,
    ...(hostKeyAlias === undefined ? {} : { hostKeyAlias }),
    ...(machine.adminUsername === null ? {} : { defaultUser: machine.adminUsername }),
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port }),
    ...(jump === undefined ? {} : { jump }),
  };
}

/** The name that a machine keeps, whatever its address and its own name become. */
export function hostKeyAliasOf({ vmId }: ListedVm): string | undefined {
  return vmId === null ? undefined : `azfleet-${vmId}`;
}

const USUAL_PORT = 22;

/** The usual port stands for none: a setting that is the default is not told from one that was never made. */
function portOf({ name }: ListedVm, { ports, port }: Settings['ssh']): number | undefined {
  const wanted = name.toLowerCase();
  const own = Object.entries(ports).find(([machine]) => machine.toLowerCase() === wanted)?.[1];
  return own ?? (port === USUAL_PORT ? undefined : port);
}
