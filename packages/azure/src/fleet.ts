/** What a listing gives. `null` is "known to be absent"; what is not known is named in `unknown`. */

/** A virtual machine. The members are in the order of the documented JSON. What is in it may be shared with others. */
export interface Vm {
  /** The resource id, in the case of Azure's list of machines. */
  id: string;
  vmId: string | null;
  name: string;
  resourceGroup: string;
  subscriptionId: string;
  location: string | null;
  size: string | null;
  /** `Linux` or `Windows`. */
  os: string | null;
  /** `running`, `stopped`, `deallocated`, `starting`, …; `unknown` when it is not known. */
  powerState: string;
  /** `Succeeded`, `Failed`, `Updating`, …; `unknown` when it is not known. */
  provisioningState: string;
  /** The primary interface's first; empty when there is none; null when not known. */
  publicIps: readonly string[] | null;
  privateIps: readonly string[] | null;
  adminUsername: string | null;
  zones: readonly string[] | null;
  tags: Readonly<Record<string, string>> | null;
  /** ISO 8601. */
  timeCreated: string | null;
  /** The names of the members whose value is not known: their value is null, or `unknown` for a state. */
  unknown: readonly string[];
}

export type PartKind = 'vm-list' | 'vm-status' | 'nic' | 'public-ip';

/** One of the four answers a subscription's listing is made of. */
export interface Part {
  subscriptionId: string;
  kind: PartKind;
  source: 'cache' | 'azure' | 'peer';
  /** When the call that brought it started, in milliseconds since the epoch. */
  fetchedAt: number;
  ageMs: number;
  /** Older than its policy allows, and shown because Azure could not be asked or a refresh is under way. */
  stale: boolean;
}

export type FleetErrorCategory = 'authentication' | 'authorization' | 'throttled' | 'azure' | 'network' | 'not-found';

/** A part that could not be had from Azure. */
export interface FleetError {
  subscriptionId: string;
  kind: PartKind;
  /** Azure's own code (`AuthorizationFailed`), or the system's (`ECONNREFUSED`). */
  code: string;
  /** The HTTP status, when there was an answer. */
  status?: number;
  /** One line, free of headers, tokens and query strings. */
  message: string;
  /** What the user can do next. */
  hint: string;
  category: FleetErrorCategory;
}

export interface Fleet {
  vms: Vm[];
  parts: Part[];
  /** Empty when every part is there and as fresh as was asked. */
  errors: FleetError[];
  /** Requests sent to Azure Resource Manager, repeated ones included; tokens and endpoint metadata are not counted. */
  azureCalls: number;
  /** The oldest part's; null when there is no part. */
  fetchedAt: number | null;
  ageMs: number | null;
  stale: boolean;
  source: 'cache' | 'azure' | 'mixed';
}

/** The parts of a listing, in the order in which they are reported. */
export const PART_KINDS = ['vm-list', 'vm-status', 'nic', 'public-ip'] as const;

/** Age, staleness and source of the whole from those of its parts: the oldest decides. */
export function summarizeParts(parts: readonly Part[]): Pick<Fleet, 'fetchedAt' | 'ageMs' | 'stale' | 'source'> {
  let fetchedAt: number | null = null;
  let ageMs: number | null = null;
  let stale = false;
  let cached = 0;
  for (const part of parts) {
    if (fetchedAt === null || part.fetchedAt < fetchedAt) fetchedAt = part.fetchedAt;
    if (ageMs === null || part.ageMs > ageMs) ageMs = part.ageMs;
    stale ||= part.stale;
    if (part.source === 'cache') cached += 1;
  }
  return { fetchedAt, ageMs, stale, source: cached === 0 ? 'azure' : cached === parts.length ? 'cache' : 'mixed' };
}
