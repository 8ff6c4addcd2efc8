import { compile, search, type JSONValue } from '@jmespath-community/jmespath';
import type { CommandContext } from '../command.ts';
import { usageError } from '../errors.ts';
import { renderCsv, renderTsv } from './delimited.ts';
import type { FormatName } from './format.ts';
import { simpleColumns } from './simple-table.ts';
import { renderTable } from './table.ts';
import { safeForTerminal } from './terminal-text.ts';

/** Applies a JMESPath expression to the document and prints what it picks. @throws CliError on a wrong expression */
export function printQuery(context: CommandContext, format: FormatName, query: string, document: object): void {
  const { stdout } = context.io;
  const text = render(
    context,
    format,
    orUsageError(query, () => search(document as JSONValue, query)),
  );
  stdout.write(stdout.isTerminal ? safeForTerminal(format, text) : text);
}

/** @throws CliError (exit code 2) where the expression is not JMESPath: told before Azure is asked */
export function checkQuery(query: string): void {
  orUsageError(query, () => compile(query));
}

function orUsageError<T>(query: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw usageError(
      `--query '${query}' is not JMESPath: ${message.split('\n')[0]}`,
      "for example: vms[?powerState=='running'].name",
    );
  }
}

function render(context: CommandContext, format: FormatName, picked: JSONValue): string {
  if (format === 'json') return `${JSON.stringify(picked, null, 2)}\n`;
  const items = Array.isArray(picked) ? picked : picked === null ? [] : [picked];
  if (format === 'ndjson') return items.map((item) => `${JSON.stringify(item)}\n`).join('');
  const { header, rows } = tabulate(items);
  if (format === 'csv') return renderCsv(header, rows);
  if (format === 'tsv') return renderTsv(rows);
  if (rows.length === 0) return '';
  const columns = simpleColumns(
    header.map((name) => name.toUpperCase()),
    rows,
  );
  return renderTable(columns, { style: context.style, maxWidth: context.io.stdout.columns });
}

/** Objects become rows under their members' names, lists rows under numbers, anything else a row of one. */
function tabulate(items: readonly JSONValue[]): { header: string[]; rows: string[][] } {
  const objects = items.filter((item) => isRecord(item));
  if (objects.length === items.length && items.length > 0) {
    const header = [...new Set(objects.flatMap((object) => Object.keys(object)))];
    return {
      header,
      rows: objects.map((object) => header.map((key) => (Object.hasOwn(object, key) ? scalarText(object[key]) : ''))),
    };
  }
  const rows = items.map((item) => (Array.isArray(item) ? item.map(scalarText) : [scalarText(item)]));
  const widest = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const header = widest === 1 ? ['value'] : Array.from({ length: widest }, (_, index) => `column${index + 1}`);
  return { header, rows: rows.map((row) => header.map((_, index) => row[index] ?? '')) };
}

function isRecord(value: JSONValue): value is { [key: string]: JSONValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function scalarText(value: JSONValue | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
