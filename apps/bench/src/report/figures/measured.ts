import { change, count, megabytes, percent, time, times } from '../format.ts';
import type { BenchmarkView, MeasurementView, ReportView } from '../view.ts';
import { buildLabels, type TableText } from './figure.ts';

interface Measure {
  readonly name: string;
  value(measured: MeasurementView): number | null;
  text(value: number): string;
  /** How two values are compared in the last column. */
  readonly as: 'change' | 'difference' | 'nothing';
}

const MEASURES: readonly Measure[] = [
  { name: 'median time', value: ({ stats }) => stats.median, text: time, as: 'change' },
  { name: 'mean', value: ({ stats }) => stats.mean, text: time, as: 'change' },
  { name: 'p95', value: ({ stats }) => stats.p95, text: time, as: 'change' },
  { name: 'p99', value: ({ stats }) => stats.p99, text: time, as: 'change' },
  { name: 'standard deviation', value: ({ stats }) => stats.stddev, text: time, as: 'nothing' },
  { name: 'calls to Azure', value: ({ calls }) => calls, text: count, as: 'difference' },
  { name: 'SSH hand-shakes', value: ({ handshakes }) => handshakes, text: count, as: 'difference' },
  { name: 'cache hit ratio', value: ({ cache }) => cache?.hitRatio ?? null, text: percent, as: 'nothing' },
  { name: 'peak memory', value: ({ peakMemoryMb }) => peakMemoryMb, text: megabytes, as: 'change' },
  {
    name: 'CPU',
    value: ({ cpuPercent }) => cpuPercent,
    text: (value) => percent(Math.round(value) / 100),
    as: 'nothing',
  },
  { name: 'iterations', value: ({ iterations }) => iterations, text: count, as: 'nothing' },
  { name: 'rounds', value: ({ rounds }) => rounds.length, text: count, as: 'nothing' },
  { name: 'processes', value: ({ launches }) => (launches > 1 ? launches : null), text: count, as: 'nothing' },
];

/** Every figure of a benchmark that is known, beside that of the base. */
export function measured(report: ReportView, { now, before }: BenchmarkView): TableText {
  const labels = buildLabels(report);
  const known = MEASURES.filter((one) => one.value(now) !== null || (before !== null && one.value(before) !== null));
  if (before === null) {
    return { head: ['figure', labels.now], rows: known.map((one) => [one.name, textOf(one, now)]) };
  }
  // Times of different runs stand side by side, but how they differ would say nothing.
  const comparable = report.paired;
  return {
    head: ['figure', labels.now, labels.before, 'change'],
    rows: known.map((one) => [
      one.name,
      textOf(one, now),
      textOf(one, before),
      comparable ? difference(one, now, before) : '',
    ]),
  };
}

function textOf(measure: Measure, from: MeasurementView): string {
  const value = measure.value(from);
  return value === null ? '–' : measure.text(value);
}

function difference(measure: Measure, now: MeasurementView, before: MeasurementView): string {
  const [value, old] = [measure.value(now), measure.value(before)];
  if (value === null || old === null || measure.as === 'nothing') return '';
  if (measure.as === 'change') return old === 0 ? '' : change(value / old);
  if (value === old) return '=';
  return old === 0 ? `+${measure.text(value)}` : times(value / old);
}
