import type { CommandContext } from '../command.ts';
import { renderCsv, renderTsv } from '../output/delimited.ts';
import type { Format } from '../output/format.ts';
import { renderTable } from '../output/table.ts';
import { safeForTerminal } from '../output/terminal-text.ts';
import { defaultColumns, fieldText, tableColumn, type FleetColumn, type ListedVm } from './columns.ts';
import type { FoundFleet } from './find-fleet.ts';
import { fleetDocument, vmDocument } from './fleet-json.ts';

/** Writes the machines to stdout in the form that was asked for. */
export async function printFleet(
  context: CommandContext,
  found: Pick<FoundFleet, 'fleet' | 'vms' | 'all'>,
  format: Format<FleetColumn>,
): Promise<void> {
  const { stdout } = context.io;
  if (format.query !== undefined) {
    const { printQuery } = await import('../output/query.ts');
    return printQuery(context, format.name, format.query, fleetDocument(found.fleet, found.vms, found.all.length));
  }
  const text = renderFleet(context, found, format);
  stdout.write(stdout.isTerminal ? safeForTerminal(format.name, text) : text);
}

function renderFleet(
  context: CommandContext,
  { fleet, vms, all }: Pick<FoundFleet, 'fleet' | 'vms' | 'all'>,
  format: Format<FleetColumn>,
): string {
  if (format.name === 'json') return `${JSON.stringify(fleetDocument(fleet, vms, all.length), null, 2)}\n`;
  if (format.name === 'ndjson') return vms.map((vm) => `${JSON.stringify(vmDocument(vm))}\n`).join('');
  const columns = format.columns ?? defaultColumns(vms);
  if (format.name === 'table') return fleetTable(context, columns, vms);
  const rows = vms.map((vm) => columns.map((column) => fieldText(vm, column)));
  return format.name === 'csv'
    ? renderCsv(
        columns.map(({ name }) => name),
        rows,
      )
    : renderTsv(rows);
}

function fleetTable(context: CommandContext, columns: readonly FleetColumn[], vms: readonly ListedVm[]): string {
  if (vms.length === 0) return '';
  const laidOut = columns.map((column) => tableColumn(column, vms));
  return renderTable(laidOut, { style: context.style, maxWidth: context.io.stdout.columns });
}
