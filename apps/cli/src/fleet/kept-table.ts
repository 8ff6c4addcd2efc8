import { type Fleet, type PartStamp, readFleetSync, readStampsSync } from '@azfleet/azure';
import { plain } from '../output/style.ts';
import { renderTable } from '../output/table.ts';
import { defaultColumns, tableColumn } from './columns.ts';
import type { KeptRequest } from './get-fleet.ts';
import type { FleetStore } from './store.ts';
import { withSessions } from './session-names.ts';
import { countSummary } from './summary.ts';

/**
 * The table of a whole fleet, as it goes into a pipe, kept beside the listing that it was made of. Laying out a thousand
 * rows costs a process that has just started 10 ms and 8 MB, most of it for compilers that will not pay off in it.
 */
interface KeptTable {
  readonly version: number;
  readonly stamps: PartStamp[];
  readonly text: string;
  readonly count: string;
}

/** Raised when the table looks different: another version is not shown. */
const VERSION = 1;

/** The kept table if it still holds, with what there is to say of it. */
export function readKeptTable(
  request: KeptRequest,
): { text: string; count: string; fleet: Omit<Fleet, 'vms'> } | undefined {
  const { store } = request;
  const kept = store.namespace('fleet', undefined).readSync<KeptTable>(key(request))?.value;
  if (kept?.version !== VERSION) return undefined;
  const judged = readStampsSync(store, kept.stamps, request);
  return judged?.freshness === 'fresh' ? { text: kept.text, count: kept.count, fleet: judged.summary } : undefined;
}

/** Keeps the table of what is in the cache. It has the stamps of the listing that it is made of. */
export async function writeKeptTable(request: KeptRequest): Promise<void> {
  const tables = request.store.namespace('fleet', undefined);
  // Taken before the listing is read: a table of what somebody replaces meanwhile is not kept.
  const generation = tables.generationSync();
  const kept = readFleetSync(request.store, { ...request, mode: 'offline' });
  if (kept === undefined || kept.fleet.vms.length === 0) return;
  const vms = withSessions(kept.fleet.vms);
  const columns = defaultColumns(vms).map((column) => tableColumn(column, vms));
  const text = renderTable(columns, { style: plain, maxWidth: undefined });
  const table: KeptTable = { version: VERSION, stamps: kept.stamps, text, count: countSummary(vms, vms.length) };
  await tables.set(key(request), table, { generation });
}

/** Something newer was fetched: no table of this account is shown any more, whatever subscriptions it is of. */
export async function forgetKeptTables(store: FleetStore): Promise<void> {
  await store.namespace('fleet', undefined).invalidate();
}

function key({ subscriptions }: KeptRequest): string {
  return `table ${subscriptions.join(' ')}`;
}
