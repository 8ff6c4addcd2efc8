import width from 'fast-string-truncated-width';
import { plain, type Style, type StyleName } from './style.ts';
import { visible } from './terminal-text.ts';

export interface TableColumn {
  readonly header: string;
  /** A text for each row. Text from outside is allowed: the table makes its controls visible. */
  readonly cells: readonly string[];
  /** Columns with the highest number are left out first where the terminal is too narrow; 0 always stays. */
  readonly dropOrder: number;
  /** A column may be cut down to this many columns of the terminal before it is left out. */
  readonly leastWidth: number;
  /** The style of a row's cell, asked only where colours are shown. */
  readonly styleOf?: (row: number) => StyleName | undefined;
}

const GAP = '  ';

/**
 * Lays out a table. With `maxWidth` (a terminal's) columns are first cut, then left out, so that a row stays on one
 * line; without it nothing is cut.
 *
 * A warm listing spends most of its own time here, in code that is not optimised yet: hence column by column, with one
 * look at each cell.
 */
export function renderTable(
  columns: readonly TableColumn[],
  { style, maxWidth }: { style: Style; maxWidth: number | undefined },
): string {
  const laidOut = columns.map(measure);
  if (maxWidth !== undefined) fit(laidOut, maxWidth);
  const shown = laidOut.filter((column) => column.width > 0);
  const filled = shown.map((column, index) => fill(column, index === shown.length - 1, style));
  const lines: string[] = [];
  const height = filled[0]!.length;
  for (let row = 0; row < height; row += 1) {
    let line = '';
    for (const cells of filled) line += cells[row]!;
    lines.push(line);
  }
  return `${lines.join('\n')}\n`;
}

/** A column with its cells made safe, the width of the widest, and whether all of them are as wide as they are long. */
interface LaidOut {
  readonly column: TableColumn;
  readonly cells: readonly string[];
  readonly isAscii: boolean;
  width: number;
}

function measure(column: TableColumn): LaidOut {
  let cells = column.cells;
  const isAscii = cells.every((cell) => !NOT_PRINTABLE_ASCII.test(cell));
  if (!isAscii) cells = cells.map(visible);
  let widest = column.header.length;
  for (const cell of cells) {
    const taken = isAscii ? cell.length : displayWidth(cell);
    if (taken > widest) widest = taken;
  }
  return { column, cells, isAscii, width: widest };
}

/** Makes the widths fit into `maxWidth`; 0 is a column left out. */
function fit(laidOut: readonly LaidOut[], maxWidth: number): void {
  const tooWide = (): number => {
    const shown = laidOut.filter((column) => column.width > 0);
    return shown.reduce((sum, column) => sum + column.width, GAP.length * Math.max(0, shown.length - 1)) - maxWidth;
  };
  for (const one of laidOut.toSorted((a, b) => b.column.dropOrder - a.column.dropOrder)) {
    if (tooWide() <= 0) return;
    const { leastWidth, dropOrder } = one.column;
    one.width = Math.max(Math.min(leastWidth, one.width), one.width - tooWide());
    if (tooWide() > 0 && dropOrder > 0) one.width = 0;
  }
}

/** The header and the cells of a column, each cut and filled up to its width. */
function fill({ column, cells, isAscii, width: columnWidth }: LaidOut, isLast: boolean, style: Style): string[] {
  const paint = (text: string, name: StyleName | undefined): string =>
    name === undefined ? pad(text) : style(name, text) + pad(text).slice(text.length);
  const pad = (text: string): string => {
    if (isLast) return text;
    return isAscii
      ? text.padEnd(columnWidth + GAP.length)
      : text + ' '.repeat(columnWidth + GAP.length - displayWidth(text));
  };
  const filled = [paint(cut(column.header, columnWidth), style === plain ? undefined : 'dim')];
  const styleOf = style === plain ? undefined : column.styleOf;
  for (let row = 0; row < cells.length; row += 1) {
    const cell = cells[row]!;
    const text = isAscii && cell.length <= columnWidth ? cell : cut(cell, columnWidth);
    filled.push(styleOf === undefined ? pad(text) : paint(text, styleOf(row)));
  }
  return filled;
}

function cut(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  return `${text.slice(0, width(text, { limit: columns - 1 }).index)}…`;
}

const NOT_PRINTABLE_ASCII = /[^\u0020-\u007e]/;

/** Columns that a terminal gives the text: East Asian wide characters take two, combining ones none. */
function displayWidth(text: string): number {
  return NOT_PRINTABLE_ASCII.test(text) ? width(text).width : text.length;
}
