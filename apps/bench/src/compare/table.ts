import type { Style, StyleName } from '../output/style.ts';
import { visible } from '../output/terminal-text.ts';
import type { BenchmarkComparison } from './compare-benchmarks.ts';
import type { Comparison } from './compare.ts';
import { intervalPlot } from './interval-plot.ts';
import {
  buildWords,
  countWords,
  detectableWords,
  figures,
  intervalWords,
  ratioWords,
  remarks,
  summary,
  verdictWords,
} from './words.ts';

interface Column {
  readonly header: string;
  readonly cells: readonly string[];
  readonly align: 'left' | 'right';
  /** The highest are left out first where the terminal is too narrow; 0 stays. */
  readonly dropOrder: number;
  readonly colour?: (one: BenchmarkComparison) => StyleName | undefined;
}

const GAP = '  ';

/** A comparison for a terminal, worst first. Ends with a summary and how the figures came about. */
export function renderComparison(comparison: Comparison, style: Style, maxWidth: number | undefined): string {
  const { benchmarks, base, new: now } = comparison;
  const title = `${style('bold', visible(buildWords(now)))} against ${style('bold', visible(buildWords(base)))}`;
  const rows = benchmarks.length === 0 ? ['No benchmark is in both.'] : renderRows(comparison, style, maxWidth);
  const notes = remarks(comparison).map((line) => style('dim', visible(line)));
  return [title, '', ...rows, '', style('bold', `${summary(comparison)}.`), ...notes, ''].join('\n');
}

function renderRows(comparison: Comparison, style: Style, maxWidth: number | undefined): string[] {
  const columns = fit(columnsOf(comparison), maxWidth);
  const header = renderRow(columns, ({ header }) => ({ text: header, colour: 'dim' }), style);
  const rows = comparison.benchmarks.flatMap((one, index) => [
    renderRow(columns, ({ cells, colour }) => ({ text: cells[index]!, colour: colour?.(one) }), style),
    ...countLine(one, style),
  ]);
  return [header, ...rows];
}

function renderRow(
  columns: readonly Column[],
  cellOf: (column: Column) => { text: string; colour: StyleName | undefined },
  style: Style,
): string {
  const cells = columns.map((column) => {
    const { text, colour } = cellOf(column);
    const filler = ' '.repeat(widthOf(column) - text.length);
    const painted = colour === undefined || text === '' ? text : style(colour, text);
    return column.align === 'left' ? painted + filler : filler + painted;
  });
  return cells.join(GAP).trimEnd();
}

/** Below its benchmark: few have one, and it may be long. */
function countLine(one: BenchmarkComparison, style: Style): string[] {
  const words = countWords(one);
  if (words === '') return [];
  const isWorse = one.counts.some(({ change }) => change === 'worse');
  const isBetter = one.counts.some(({ change }) => change === 'better');
  return [`  ${style(isWorse ? 'red' : isBetter ? 'green' : 'yellow', words)}`];
}

function columnsOf({ benchmarks }: Comparison): Column[] {
  const column = (
    header: string,
    cell: (one: BenchmarkComparison) => string,
    options: Partial<Column> = {},
  ): Column => ({ header, cells: benchmarks.map(cell), align: 'right', dropOrder: 0, ...options });
  const plot = intervalPlot(benchmarks.map(({ time }) => time));
  return [
    column('BENCHMARK', ({ benchmark }) => benchmark, { align: 'left' }),
    column('BASE', (one) => figures(one).base, { dropOrder: 3 }),
    column('NEW', (one) => figures(one).new, { dropOrder: 3 }),
    column('RATIO', ratioWords, { colour: colourOf }),
    column('INTERVAL', intervalWords, { dropOrder: 1 }),
    { header: plot.header, cells: plot.cells, align: 'left', dropOrder: 4, colour: colourOf },
    column('VERDICT', verdictWords, { align: 'left', colour: colourOf }),
    column('DETECTS', detectableWords, { dropOrder: 2 }),
  ];
}

function colourOf({ time }: BenchmarkComparison): StyleName | undefined {
  if (time === null) return 'dim';
  return time.verdict === 'slower' ? 'red' : time.verdict === 'faster' ? 'green' : undefined;
}

/** Leaves out what is empty, and what has no place. */
function fit(columns: readonly Column[], maxWidth = Number.POSITIVE_INFINITY): Column[] {
  let shown = columns.filter(({ cells, dropOrder }) => dropOrder === 0 || cells.some((cell) => cell !== ''));
  const isTooWide = (): boolean =>
    shown.reduce((sum, column) => sum + widthOf(column), GAP.length * (shown.length - 1)) > maxWidth;
  for (let order = 4; order > 0 && isTooWide(); order -= 1)
    shown = shown.filter(({ dropOrder }) => dropOrder !== order);
  return shown;
}

function widthOf({ header, cells }: Column): number {
  return Math.max(header.length, ...cells.map((cell) => cell.length));
}
