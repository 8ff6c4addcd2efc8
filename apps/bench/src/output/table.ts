/** One column of a plain table. */
export interface Column {
  readonly header: string;
  /** @default 'left' */
  readonly align?: 'left' | 'right';
}

/** Marks what has no width: SGR sequences. */
// oxlint-disable-next-line no-control-regex -- that is how they begin
const SGR = /\u001b\[[0-9;]*m/g;

/**
 * Lines of cells in columns, two spaces apart. Cells may be coloured. A row of a single cell stands across all columns;
 * columns in which all cells are empty are left out.
 */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const shown = columns.map((_, index) => index).filter((index) => rows.some((row) => width(row[index] ?? '') > 0));
  const lines = [columns.map(({ header }) => header), ...rows];
  const widths = columns.map((_, index) =>
    Math.max(...lines.filter((line) => line.length > 1).map((line) => width(line[index] ?? ''))),
  );
  return lines.map((line) =>
    line.length === 1
      ? line[0]!
      : shown
          .map((index) => pad(line[index] ?? '', widths[index]!, columns[index]!.align))
          .join('  ')
          .trimEnd(),
  );
}

function pad(cell: string, to: number, align: Column['align'] = 'left'): string {
  const space = ' '.repeat(Math.max(0, to - width(cell)));
  return align === 'left' ? cell + space : space + cell;
}

/** All that is shown is narrow characters. */
function width(cell: string): number {
  return cell.replace(SGR, '').length;
}
