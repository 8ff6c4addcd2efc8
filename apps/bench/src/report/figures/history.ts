import { count, dateAndTime, interval, megabytes, percent, plural, time, timeUnit, times } from '../format.ts';
import type { BenchmarkView, HistoryPoint, ReportView } from '../view.ts';
import { type FigureText, sideOf } from './figure.ts';

export interface History extends FigureText {
  readonly series: readonly HistorySeries[];
  /** Those that stayed the same in every run are told in the sentence, and in the table. */
  readonly drawn: readonly HistorySeries[];
  /** What stands below each run's point. */
  readonly runs: readonly { readonly index: number; readonly date: string; readonly label: string }[];
}

export interface HistorySeries {
  readonly name: string;
  readonly unit: string;
  readonly points: readonly {
    readonly run: number;
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly text: string;
  }[];
}

/** How the benchmark fared in one run after another. Undefined where there are no two. */
export function history(report: ReportView, benchmark: BenchmarkView): History | undefined {
  const known = benchmark.history.filter((point) => point !== null);
  if (known.length < 2) return undefined;
  const series = [
    timeSeries(benchmark),
    plainSeries(benchmark, 'Peak memory', 'MB', (point) => point.peakMemoryMb, megabytes),
    plainSeries(
      benchmark,
      'Cache hits',
      '%',
      (point) => (point.hitRatio === null ? null : point.hitRatio * 100),
      (value) => percent(value / 100),
    ),
    plainSeries(benchmark, 'Calls to Azure', '', (point) => point.calls, count),
  ].filter((one) => one !== undefined);
  const same = series.filter(({ points }) => points.every(({ low, high }) => low === points[0]!.value && high === low));
  const runs = report.runs.map(({ startedAt, commit }, index) => ({
    index,
    date: startedAt.slice(0, 10),
    label: commit === null ? dateAndTime(startedAt) : `${dateAndTime(startedAt)}, ${commit}`,
  }));
  return {
    title: 'History',
    sentence: [
      sentenceOf(benchmark, known.length),
      ...same.map(({ name, points }) => `${name}: ${points[0]!.text} in every run.`),
    ].join(' '),
    table: {
      head: ['run', ...series.map(({ name }) => name)],
      rows: runs.map(({ index, label }) => [
        label,
        ...series.map(({ points }) => points.find(({ run }) => run === index)?.text ?? '–'),
      ]),
    },
    series,
    drawn: series.filter((one) => !same.includes(one)),
    runs,
  };
}

function sentenceOf({ against }: BenchmarkView, runs: number): string {
  return against === null
    ? `Median times of ${plural(runs, 'run')}. Machines and their load differ from run to run, so a step here proves nothing by itself.`
    : `Time in multiples of ${sideOf(against)} of the same run, in ${plural(runs, 'run')}: runs on different machines can be compared.`;
}

function timeSeries(benchmark: BenchmarkView): HistorySeries {
  if (benchmark.against === null) {
    const { unit, seconds } = timeUnit(benchmark.now.stats.median);
    return plainSeries(
      benchmark,
      'Median time',
      unit,
      ({ median }) => median / seconds,
      (value) => time(value * seconds),
    )!;
  }
  return {
    name: `× ${sideOf(benchmark.against)}`,
    unit: '×',
    points: benchmark.history.flatMap((point, run) =>
      point?.ratio
        ? [
            {
              run,
              value: point.ratio.ratio,
              low: point.ratio.low,
              high: point.ratio.high,
              text: `${times(point.ratio.ratio)} ${interval(point.ratio)}`,
            },
          ]
        : [],
    ),
  };
}

function plainSeries(
  benchmark: BenchmarkView,
  name: string,
  unit: string,
  valueOf: (point: HistoryPoint) => number | null,
  text: (value: number) => string,
): HistorySeries | undefined {
  const points = benchmark.history.flatMap((point, run) => {
    const value = point === null ? null : valueOf(point);
    return value === null ? [] : [{ run, value, low: value, high: value, text: text(value) }];
  });
  return points.length === 0 ? undefined : { name, unit, points };
}
