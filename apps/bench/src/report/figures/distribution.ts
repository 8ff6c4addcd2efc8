import { plural, time, timeUnit } from '../format.ts';
import type { BenchmarkView, MeasurementView, ReportView } from '../view.ts';
import { buildLabels, type FigureText, type Which } from './figure.ts';

export interface Distribution extends FigureText {
  readonly unit: string;
  /** One round each, in `unit`. */
  readonly points: readonly {
    readonly label: string;
    readonly which: Which;
    readonly round: number;
    readonly value: number;
  }[];
  readonly medians: readonly { readonly label: string; readonly which: Which; readonly value: number }[];
  /** Times that differ more than this are shown on a logarithmic axis. */
  readonly logarithmic: boolean;
}

/** How the rounds' times are spread, one row for each build. */
export function distribution(report: ReportView, benchmark: BenchmarkView): Distribution | undefined {
  const labels = buildLabels(report);
  const rows: { label: string; which: Which; measured: MeasurementView }[] = [
    { label: labels.now, which: 'now', measured: benchmark.now },
  ];
  if (benchmark.before !== null) rows.push({ label: labels.before, which: 'before', measured: benchmark.before });
  const all = rows.flatMap(({ measured }) => measured.rounds);
  if (all.length === 0) return undefined;
  const [smallest, largest] = [Math.min(...all), Math.max(...all)];
  const { unit, seconds } = timeUnit(benchmark.now.stats.median);
  return {
    title: 'Distribution',
    sentence: `Each dot is the median of one round; the bar holds the middle half, the line is the median. ${rows
      .map(
        ({ label, measured }) =>
          `${label}: ${time(measured.stats.median)} in ${plural(measured.rounds.length, 'round')}`,
      )
      .join('; ')}.`,
    table: {
      head: ['build', 'min', 'median', 'mean', 'p95', 'p99', 'max', 'std. dev.'],
      rows: rows.map(({ label, measured: { stats } }) => [
        label,
        ...[stats.min, stats.median, stats.mean, stats.p95, stats.p99, stats.max, stats.stddev].map(time),
      ]),
    },
    unit,
    points: rows.flatMap(({ label, which, measured }) =>
      measured.rounds.map((value, index) => ({ label, which, round: index + 1, value: value / seconds })),
    ),
    medians: rows.map(({ label, which, measured }) => ({ label, which, value: measured.stats.median / seconds })),
    logarithmic: smallest > 0 && largest / smallest > LARGE_SPREAD,
  };
}

const LARGE_SPREAD = 8;
