import { change, interval, time, timeUnit, times } from '../format.ts';
import type { BenchmarkView, Interval, ReportView } from '../view.ts';
import { buildLabels, type FigureText, type Which } from './figure.ts';

export interface Rounds extends FigureText {
  /** What the points are: each round's ratio to the base's of the same index, or its time. */
  readonly of: 'ratio' | 'time';
  readonly unit: string;
  readonly points: readonly {
    readonly which: Which;
    readonly label: string;
    readonly round: number;
    readonly value: number;
  }[];
  /** The interval of the whole, behind the points. */
  readonly band: Interval | null;
  /** After which rounds another process began: each has a speed of its own. */
  readonly launches: readonly number[];
}

/** The rounds in the order in which they were measured: what drifts or jumps was the machine's doing, not the build's. */
export function rounds(report: ReportView, benchmark: BenchmarkView): Rounds | undefined {
  if (benchmark.now.rounds.length === 0) return undefined;
  const { before } = benchmark;
  if (report.paired && before !== null && before.rounds.length > 0)
    return pairedRounds(report, benchmark, before.rounds);
  return roundTimes(report, benchmark);
}

function pairedRounds(report: ReportView, benchmark: BenchmarkView, base: readonly number[]): Rounds {
  const labels = buildLabels(report);
  const length = Math.min(base.length, benchmark.now.rounds.length);
  const values = Array.from({ length }, (_, index) => benchmark.now.rounds[index]! / base[index]!);
  const { change: whole } = benchmark;
  return {
    title: 'Round by round',
    sentence: `Time of ${labels.now} divided by that of ${labels.before}, measured side by side in each round${launchWords(benchmark)}${
      whole === null ? '' : `; the band is the interval of the whole, ${times(whole.ratio)} ${interval(whole)}`
    }.`,
    table: {
      head: ['round', labels.now, labels.before, 'ratio'],
      rows: values.map((value, index) => [
        String(index + 1),
        time(benchmark.now.rounds[index]!),
        time(base[index]!),
        `${times(value)} (${change(value)})`,
      ]),
    },
    of: 'ratio',
    unit: '×',
    points: values.map((value, index) => ({ which: 'now', label: `round ${index + 1}`, round: index + 1, value })),
    band: whole,
    launches: launchesOf(benchmark),
  };
}

function roundTimes(report: ReportView, benchmark: BenchmarkView): Rounds {
  const { now, before } = benchmark;
  const labels = buildLabels(report);
  const { unit, seconds } = timeUnit(now.stats.median);
  const series = [
    { which: 'now' as const, label: labels.now, values: now.rounds },
    { which: 'before' as const, label: labels.before, values: before?.rounds ?? [] },
  ].filter(({ values }) => values.length > 0);
  const length = Math.max(...series.map(({ values }) => values.length));
  return {
    title: 'Round by round',
    sentence: `Median time of each round, in the order in which they were measured${launchWords(benchmark)}${
      series.length > 1 ? '; the two builds were measured in different runs, so their times cannot be compared' : ''
    }.`,
    table: {
      head: ['round', ...series.map(({ label }) => label)],
      rows: Array.from({ length }, (_, index) => [
        String(index + 1),
        ...series.map(({ values }) => (values[index] === undefined ? '–' : time(values[index]))),
      ]),
    },
    of: 'time',
    unit,
    points: series.flatMap(({ which, label, values }) =>
      values.map((value, index) => ({ which, label, round: index + 1, value: value / seconds })),
    ),
    band: null,
    launches: launchesOf(benchmark),
  };
}

/** As the file defines it: round i of n in process floor(((i + 1) * launches - 1) / n). */
function launchesOf({ now: { rounds, launches } }: BenchmarkView): number[] {
  const processOf = (index: number): number => Math.floor(((index + 1) * launches - 1) / rounds.length);
  return rounds.flatMap((_, index) => (index > 0 && processOf(index) !== processOf(index - 1) ? [index] : []));
}

function launchWords({ now: { launches } }: BenchmarkView): string {
  return launches > 1 ? `, in ${launches} processes one after another (dashed lines)` : '';
}
