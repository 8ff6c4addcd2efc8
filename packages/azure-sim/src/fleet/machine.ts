/** The power states that Azure's instance view knows. `unknown`: the answer carries no power state at all. */
export type SimPowerState =
  | 'running'
  | 'starting'
  | 'stopping'
  | 'stopped'
  | 'deallocating'
  | 'deallocated'
  | 'unknown';

export type SimProvisioningState = 'Succeeded' | 'Failed' | 'Creating' | 'Updating' | 'Deleting';

/** A public IP address resource. */
export interface SimPublicIp {
  readonly name: string;
  readonly address: string;
  /** Azure takes the address of a `Dynamic` one away while its machine is deallocated. */
  readonly allocation: 'Static' | 'Dynamic';
}

export interface SimIpConfiguration {
  readonly name: string;
  readonly privateIp: string;
  readonly version: 'IPv4' | 'IPv6';
  readonly publicIp?: SimPublicIp;
}

/** A network interface. The first one of a machine is its primary one, and so is the first of its configurations. */
export interface SimNic {
  readonly name: string;
  readonly ipConfigurations: readonly SimIpConfiguration[];
}

/** Everything that can be said about a simulated machine. */
export interface SimMachineSpec {
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** For example `Standard_B2s`. */
  readonly size: string;
  readonly os: 'Linux' | 'Windows';
  readonly powerState: SimPowerState;
  readonly provisioningState: SimProvisioningState;
  readonly zones: readonly string[];
  /** `undefined`: the machine's answer has no `tags` member. */
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** ISO 8601. */
  readonly timeCreated: string;
  readonly vmId: string;
  readonly adminUsername: string;
  /** Lines as in `authorized_keys`; Linux only. */
  readonly sshPublicKeys: readonly string[];
  /** Plain text; Azure hands it out (in base64) only to `$expand=userData`. */
  readonly userData: string | undefined;
  readonly nics: readonly SimNic[];
}

/** What {@link SimFleet.add} and {@link SimFleet.change} take. */
export interface SimMachineChange extends Partial<SimMachineSpec> {
  /**
   * A shorthand: static public addresses, one an ip configuration of the primary interface, in place of those that are
   * there. `[]` takes all public addresses away. Where `nics` is given too, `nics` counts: a {@link SimMachine} that was
   * removed can be added again as it was.
   */
  readonly publicIps?: readonly string[];
}

/** A machine as it is now. A change makes a new object; this one does not move. */
export interface SimMachine extends SimMachineSpec {
  /** The resource id, in the case in which it was created. */
  readonly id: string;
  /** The addresses that Azure would show now: none for a dynamic one while the machine is deallocated. */
  readonly publicIps: readonly string[];
  readonly privateIps: readonly string[];
}
