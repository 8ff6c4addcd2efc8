import type { TableColumn } from './table.ts';

/** Columns for rows of plain text; on a narrow terminal they are cut, and none is left out. */
export function simpleColumns(headers: readonly string[], rows: readonly (readonly string[])[]): TableColumn[] {
  return headers.map((header, index) => ({
    header,
    cells: rows.map((row) => row[index]!),
    dropOrder: 0,
    leastWidth: 8,
  }));
}
