import type { Style, StyleName } from '../../output/style.ts';
import { renderTable, type TableColumn } from '../../output/table.ts';
import type { AnswerColumn, AnswerRow } from './answer-columns.ts';

const ABSENT = '-';
const GAP = 2;
/** Of a command line, so much is shown, however narrow the terminal is. */
const LEAST_REST = 20;

/** A table of the records of many machines; nothing where there are none. */
export function answerTable<Item>(
  columns: readonly AnswerColumn<Item>[],
  rows: readonly AnswerRow<Item>[],
  { style, maxWidth }: { style: Style; maxWidth: number | undefined },
): string {
  if (rows.length === 0) return '';
  const laidOut = columns.map((column) => ({ column, cells: rows.map((row) => column.text(row) ?? ABSENT) }));
  const taken = laidOut
    .filter(({ column }) => !column.takesRest)
    .reduce((sum, { column, cells }) => sum + widest(column.header, cells) + GAP, 0);
  const rest = maxWidth === undefined ? undefined : Math.max(LEAST_REST, maxWidth - taken);
  return renderTable(
    laidOut.map(({ column, cells }) => tableColumn(column, column.takesRest ? shortened(cells, rest) : cells, rows)),
    { style, maxWidth },
  );
}

function tableColumn<Item>(
  column: AnswerColumn<Item>,
  cells: readonly string[],
  rows: readonly AnswerRow<Item>[],
): TableColumn {
  const { dropOrder, leastWidth, isNumber, style } = column;
  const width = isNumber ? widest(column.header, cells) : 0;
  return {
    header: column.header.padStart(width),
    cells: isNumber ? cells.map((cell) => cell.padStart(width)) : cells,
    dropOrder,
    leastWidth: isNumber ? width : leastWidth,
    styleOf: (row) => cellStyle(rows[row]!, column, style),
  };
}

function cellStyle<Item>(
  row: AnswerRow<Item>,
  { text }: AnswerColumn<Item>,
  style: ((row: AnswerRow<Item>) => StyleName | undefined) | undefined,
): StyleName | undefined {
  return text(row) === null ? 'dim' : style?.(row);
}

function widest(header: string, cells: readonly string[]): number {
  let width = header.length;
  for (const cell of cells) if (cell.length > width) width = cell.length;
  return width;
}

/** A table cuts what is too wide by itself; here it is kept from making room by leaving out the other columns. */
function shortened(cells: readonly string[], width: number | undefined): readonly string[] {
  if (width === undefined) return cells;
  return cells.map((cell) => (cell.length > width ? `${cell.slice(0, width - 1)}…` : cell));
}
