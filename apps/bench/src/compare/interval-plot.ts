/** What is drawn of one interval. */
interface Interval {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** Draws intervals as lines of text around 1, all to one logarithmic scale. Odd, so that 1 has a place of its own. */
const WIDTH = 23;
const CENTRE = (WIDTH - 1) / 2;
/** Not more than this; what lies beyond ends in an arrow. */
const WIDEST = 1.5;
/** Not less than this, so that noise does not look like news. */
const NARROWEST = 1.1;

/** The lines of a table's column: the scale as its header, and one for each interval (empty where there is none). */
export function intervalPlot(intervals: readonly (Interval | null)[]): { header: string; cells: string[] } {
  const farthest = Math.max(...intervals.map((one) => (one === null ? 1 : Math.max(one.high, 1 / one.low))));
  const edge = Math.min(Math.max(farthest, NARROWEST), WIDEST);
  return { header: scale(edge), cells: intervals.map((one) => (one === null ? '' : line(one, edge))) };
}

function scale(edge: number): string {
  const [left, right] = [(1 / edge).toFixed(2), edge.toFixed(2)];
  return `${left.padEnd(CENTRE)}1${right.padStart(CENTRE)}`;
}

function line({ ratio, low, high }: Interval, edge: number): string {
  const place = (value: number): number => Math.round(CENTRE + (Math.log(value) / Math.log(edge)) * CENTRE);
  const [from, to, at] = [place(low), place(high), place(ratio)];
  const cell = (position: number): string => {
    if (position === 0 && from < 0) return '◂';
    if (position === WIDTH - 1 && to > WIDTH - 1) return '▸';
    if (position === at) return '●';
    if (position === CENTRE) return position >= from && position <= to ? '┼' : '│';
    return position >= from && position <= to ? '─' : ' ';
  };
  return Array.from({ length: WIDTH }, (_, position) => cell(position)).join('');
}
