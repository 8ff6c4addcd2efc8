import type { Fleet } from '@azfleet/azure';
import type { ListedVm } from './columns.ts';

/** Grows when a member changes its meaning. */
const SCHEMA_VERSION = 1;

/** The document that `-o json` prints and `--query` picks from. */
export function fleetDocument(fleet: Fleet, vms: readonly ListedVm[], total: number): object {
  return {
    schemaVersion: SCHEMA_VERSION,
    vms: vms.map(vmDocument),
    filters: { matched: vms.length, total },
    meta: {
      source: fleet.source,
      fetchedAt: fleet.fetchedAt === null ? null : new Date(fleet.fetchedAt).toISOString(),
      ageMs: fleet.ageMs,
      stale: fleet.stale,
      azureCalls: fleet.azureCalls,
      errors: fleet.errors,
      parts: fleet.parts.map((part) => ({ ...part, fetchedAt: new Date(part.fetchedAt).toISOString() })),
    },
  };
}

/** A machine with its members in the documented order. */
export function vmDocument({ unknown, session, ...vm }: ListedVm): object {
  return { ...vm, session, unknown };
}
