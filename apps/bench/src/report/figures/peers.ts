import { interval, time, times } from '../format.ts';
import type { BenchmarkView, Interval, ReportView } from '../view.ts';
import { type FigureText, sideOf, siblings } from './figure.ts';

export interface Peers extends FigureText {
  readonly against: string;
  readonly rows: readonly {
    readonly side: string;
    readonly chosen: boolean;
    /** null: it is the measure of the others. */
    readonly ratio: Interval | null;
    readonly label: string;
  }[];
}

/** The sides of the comparison, in multiples of the one that is their measure. */
export function peers(report: ReportView, benchmark: BenchmarkView): Peers | undefined {
  const together = siblings(report, benchmark);
  const against = together.find((one) => one.against !== null)?.against;
  if (against === undefined || against === null || together.length < 2) return undefined;
  const shown = together.filter((one) => one.ratio !== null || one.benchmark === against);
  const rows = shown
    .map((one) => ({
      side: one.side,
      chosen: one.benchmark === benchmark.benchmark,
      ratio: one.ratio,
      label: one.ratio === null ? 'the measure' : `${times(one.ratio.ratio)} ${interval(one.ratio)}`,
    }))
    .toSorted((a, b) => (a.ratio?.ratio ?? 1) - (b.ratio?.ratio ?? 1));
  if (rows.every(({ ratio }) => ratio === null)) return undefined;
  return {
    title: 'Against its peers',
    sentence: `Time in multiples of ${sideOf(against)}, measured in turn with it in the same run, with 95 % confidence intervals.`,
    table: {
      head: ['side', `× ${sideOf(against)}`, 'interval', 'median time'],
      rows: rows.map(({ side, ratio }) => [
        side,
        ratio === null ? '1' : times(ratio.ratio),
        ratio === null ? '–' : interval(ratio),
        time(together.find((one) => one.side === side)!.now.stats.median),
      ]),
    },
    against: sideOf(against),
    rows,
  };
}
