import type { Listed } from './collection.ts';
import type { SimIpConfiguration, SimMachine, SimNic, SimPublicIp } from './machine.ts';

/** A machine with what the lists need: its place and the version that its `etag` tells. */
export interface StoredMachine extends SimMachine {
  readonly sequence: number;
  readonly version: number;
}

/** An interface in the lists. Without a machine, it is a private endpoint's. */
export interface StoredNic extends Listed {
  readonly location: string;
  readonly nic: SimNic;
  readonly primary: boolean;
  readonly machine: StoredMachine | undefined;
}

/** A public address in the lists. Without an interface, it is one that nobody uses. */
export interface StoredPublicIp extends Listed {
  readonly location: string;
  readonly zones: readonly string[];
  readonly publicIp: SimPublicIp;
  readonly version: SimIpConfiguration['version'];
  readonly usedBy: { readonly nic: StoredNic; readonly configuration: string } | undefined;
}
