/**
 * What is kept of Azure's answers: these members and no others. User data, keys, extensions, secrets and the rest of
 * the operating system profile are dropped here, before anything is stored.
 */

/** A machine of the list. */
export interface SlimMachine {
  id: string;
  vmId: string | null;
  name: string;
  location: string | null;
  size: string | null;
  os: string | null;
  provisioningState: string | null;
  adminUsername: string | null;
  zones: string[];
  tags: Record<string, string>;
  timeCreated: string | null;
  /** Ids of its network interfaces, the primary one first. */
  nics: string[];
}

/** A machine of the status answer. */
export interface SlimStatus {
  id: string;
  vmId: string | null;
  location: string | null;
  powerState: string | null;
  provisioningState: string | null;
}

export interface SlimNic {
  id: string;
  /** Private addresses, the primary configuration's first. */
  privateIps: string[];
  /** Ids of the public addresses, in the same order. */
  publicIpIds: string[];
}

export interface SlimPublicIp {
  id: string;
  /** Null while Azure has not allocated one. */
  ip: string | null;
}

/** The members read of a machine as the SDK gives it. */
export interface RawMachine {
  id?: string | undefined;
  vmId?: string | undefined;
  name?: string | undefined;
  location?: string | undefined;
  provisioningState?: string | undefined;
  zones?: string[] | undefined;
  tags?: Record<string, string> | undefined;
  timeCreated?: Date | undefined;
  hardwareProfile?: { vmSize?: string | undefined } | undefined;
  storageProfile?: { osDisk?: { osType?: string | undefined } | undefined } | undefined;
  osProfile?: { adminUsername?: string | undefined } | undefined;
  networkProfile?:
    | { networkInterfaces?: { id?: string | undefined; primary?: boolean | undefined }[] | undefined }
    | undefined;
  instanceView?: RawInstanceView | undefined;
}

export interface RawInstanceView {
  statuses?: { code?: string | undefined }[] | undefined;
}

export interface RawNic {
  id?: string | undefined;
  ipConfigurations?:
    | {
        primary?: boolean | undefined;
        privateIPAddress?: string | undefined;
        publicIPAddress?: { id?: string | undefined } | undefined;
      }[]
    | undefined;
}

export interface RawPublicIp {
  id?: string | undefined;
  ipAddress?: string | undefined;
}

export function slimMachine(raw: RawMachine): SlimMachine {
  const id = raw.id ?? '';
  return {
    id,
    vmId: raw.vmId ?? null,
    name: raw.name ?? id.slice(id.lastIndexOf('/') + 1),
    location: raw.location ?? null,
    size: raw.hardwareProfile?.vmSize ?? null,
    os: raw.storageProfile?.osDisk?.osType ?? null,
    provisioningState: raw.provisioningState ?? null,
    adminUsername: raw.osProfile?.adminUsername ?? null,
    zones: raw.zones ?? [],
    tags: raw.tags ?? {},
    timeCreated: raw.timeCreated?.toISOString() ?? null,
    nics: primaryFirst(raw.networkProfile?.networkInterfaces ?? []).flatMap((nic) => nic.id ?? []),
  };
}

export function slimStatus(raw: RawMachine): SlimStatus {
  return {
    id: raw.id ?? '',
    vmId: raw.vmId ?? null,
    location: raw.location ?? null,
    ...slimInstanceView(raw.instanceView),
  };
}

/** The states of an instance view: `PowerState/running` and `ProvisioningState/succeeded` or `…/failed/AllocationFailed`. */
export function slimInstanceView(
  view: RawInstanceView | undefined,
): Pick<SlimStatus, 'powerState' | 'provisioningState'> {
  let powerState: string | null = null;
  let provisioningState: string | null = null;
  for (const status of view?.statuses ?? []) {
    const [subject, state] = (status.code ?? '').split('/');
    if (state === undefined || state === '') continue;
    if (subject?.toLowerCase() === 'powerstate') powerState = state;
    else if (subject?.toLowerCase() === 'provisioningstate') provisioningState = capitalized(state);
  }
  return { powerState, provisioningState };
}

export function slimNic(raw: RawNic): SlimNic {
  const configurations = primaryFirst(raw.ipConfigurations ?? []);
  return {
    id: raw.id ?? '',
    privateIps: configurations.flatMap((configuration) => configuration.privateIPAddress ?? []),
    publicIpIds: configurations.flatMap((configuration) => configuration.publicIPAddress?.id ?? []),
  };
}

export function slimPublicIp(raw: RawPublicIp): SlimPublicIp {
  return { id: raw.id ?? '', ip: raw.ipAddress ?? null };
}

/** Stable: what is not primary keeps Azure's order. */
function primaryFirst<T extends { primary?: boolean | undefined }>(items: readonly T[]): T[] {
  return [...items.filter((item) => item.primary), ...items.filter((item) => !item.primary)];
}

/** The list says `Succeeded`, the instance view `succeeded`. */
function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
