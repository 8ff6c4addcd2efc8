import type { CommandContext } from '../command.ts';
import type { Output } from '../io.ts';
import { simpleColumns } from './simple-table.ts';
import { renderTable } from './table.ts';
import { visibleJson } from './terminal-text.ts';

/** A table of plain texts on stdout; nothing where there are no rows. */
export function printRows(
  { io, style }: Pick<CommandContext, 'io' | 'style'>,
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  if (rows.length === 0) return;
  io.stdout.write(renderTable(simpleColumns(headers, rows), { style, maxWidth: io.stdout.columns }));
}

/** A document on stdout; a terminal gets no control characters that came from outside. */
export function printJson(stdout: Output, document: object): void {
  const text = `${JSON.stringify(document, null, 2)}\n`;
  stdout.write(stdout.isTerminal ? visibleJson(text) : text);
}
