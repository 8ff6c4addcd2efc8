import { readFleetSync } from '@azfleet/azure';
import type { CommandContext } from '../command.ts';
import { plain } from '../output/style.ts';
import { renderTable } from '../output/table.ts';
import { defaultColumns, tableColumn } from './columns.ts';
import type { KeptRequest } from './fleet-request.ts';
import { isWhole, KEPT_TABLE_VERSION, type KeptTable, keptTableKey } from './kept-table.ts';
import { withSessions } from './session-names.ts';
import { answerStore, type FleetStore, openCache } from './store.ts';
import { countSummary } from './summary.ts';

/** Keeps the table of what is in the cache. It has the stamps of the listing that it is made of. */
export async function writeKeptTable(context: CommandContext, request: KeptRequest): Promise<void> {
  if (!isWhole(request)) return;
  const settings = await context.settings();
  const cache = openCache(settings, context.io);
  try {
    await keep(answerStore(cache, settings, request.account), request);
  } finally {
    await cache.close();
  }
}

async function keep(store: FleetStore, request: KeptRequest): Promise<void> {
  const tables = store.namespace('fleet', undefined);
  // Taken before the listing is read: a table of what somebody replaces meanwhile is not kept.
  const generation = tables.generationSync();
  const kept = readFleetSync(request.store, { ...request, mode: 'offline' });
  if (kept === undefined || kept.fleet.vms.length === 0) return;
  const vms = withSessions(kept.fleet.vms);
  const columns = defaultColumns(vms).map((column) => tableColumn(column, vms));
  const text = renderTable(columns, { style: plain, maxWidth: undefined });
  const table: KeptTable = {
    version: KEPT_TABLE_VERSION,
    stamps: kept.stamps,
    text,
    count: countSummary(vms, vms.length),
  };
  await tables.set(keptTableKey(request), table, { generation });
}

/** Something newer was fetched: no table of this account is shown any more, whatever subscriptions it is of. */
export async function forgetKeptTables(store: FleetStore): Promise<void> {
  await store.namespace('fleet', undefined).invalidate();
}
