import { count, megabytes, percent } from '../format.ts';
import type { BenchmarkView, MeasurementView, ReportView } from '../view.ts';
import { buildLabels, type FigureText, type Which } from './figure.ts';

export interface Bars extends FigureText {
  readonly unit: string;
  /** The end of the axis; undefined: what the bars need. */
  readonly end: number | undefined;
  readonly rows: readonly {
    readonly name: string;
    readonly bars: readonly { readonly which: Which; readonly value: number; readonly label: string }[];
  }[];
}

/** Cache hit ratios, for those benchmarks that have a cache. */
export function cacheBars(report: ReportView, benchmarks: readonly BenchmarkView[], name: Name): Bars | undefined {
  return barsOf(report, benchmarks, name, {
    title: 'Cache',
    sentence: 'The share of look-ups that the cache answered.',
    unit: '% hits',
    end: 100,
    what: 'hit ratio',
    value: ({ cache }) => (cache === null ? null : cache.hitRatio * 100),
    text: ({ cache }) =>
      cache === null ? '' : `${percent(cache.hitRatio)} · ${count(cache.hits)} of ${count(cache.hits + cache.misses)}`,
  });
}

/** Peak memory, for those benchmarks where it is known. */
export function memoryBars(report: ReportView, benchmarks: readonly BenchmarkView[], name: Name): Bars | undefined {
  return barsOf(report, benchmarks, name, {
    title: 'Memory',
    sentence: 'The most memory that the processes of one repetition held at once (peak resident set).',
    unit: 'MB',
    end: undefined,
    what: 'peak memory',
    value: ({ peakMemoryMb }) => peakMemoryMb,
    text: ({ peakMemoryMb }) => (peakMemoryMb === null ? '' : megabytes(peakMemoryMb)),
  });
}

type Name = (benchmark: BenchmarkView) => string;

interface BarsOf {
  readonly title: string;
  readonly sentence: string;
  readonly unit: string;
  readonly end: number | undefined;
  readonly what: string;
  value(measured: MeasurementView): number | null;
  text(measured: MeasurementView): string;
}

function barsOf(report: ReportView, benchmarks: readonly BenchmarkView[], name: Name, of: BarsOf): Bars | undefined {
  const labels = buildLabels(report);
  const rows = benchmarks
    .map((one) => ({
      name: name(one),
      bars: (['now', 'before'] as const).flatMap((which) => {
        const measured = one[which];
        const value = measured === null ? null : of.value(measured);
        return measured === null || value === null ? [] : [{ which, value, label: of.text(measured) }];
      }),
    }))
    .filter(({ bars }) => bars.length > 0);
  if (rows.length === 0) return undefined;
  const builds = report.base === null ? (['now'] as const) : (['now', 'before'] as const);
  return {
    title: of.title,
    sentence:
      report.base === null
        ? of.sentence
        : `${of.sentence} The upper bar is ${labels.now}, the lower one ${labels.before}.`,
    table: {
      head: ['benchmark', ...builds.map((which) => `${of.what}, ${labels[which]}`)],
      rows: rows.map(({ name, bars }) => [
        name,
        ...builds.map((which) => bars.find((bar) => bar.which === which)?.label ?? '–'),
      ]),
    },
    unit: of.unit,
    end: of.end,
    rows,
  };
}
