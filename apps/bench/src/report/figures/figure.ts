import type { BenchmarkView, BuildView, ReportView } from '../view.ts';

/** What every chart has besides its marks: the same in words, and in a table. */
export interface FigureText {
  readonly title: string;
  /** What the chart shows, in one sentence; also its name for who does not see it. */
  readonly sentence: string;
  readonly table: TableText;
}

export interface TableText {
  readonly head: readonly string[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly string[])[];
}

/** Which build a mark stands for. */
export type Which = 'now' | 'before';

/** The two builds' names, told apart: by commit or date where both are called the same. */
export function buildLabels({ subject, base }: ReportView): Readonly<Record<Which, string>> {
  if (base === null) return { now: subject.name, before: '' };
  if (subject.name !== base.name) return { now: subject.name, before: base.name };
  const [now, before] = [labelled(subject), labelled(base)];
  return now === before ? { now: `${now} (new)`, before: `${before} (base)` } : { now, before };
}

function labelled({ name, commit, startedAt }: BuildView): string {
  return `${name} ${commit ?? startedAt.slice(0, 16).replace('T', ' ')}`;
}

/** The benchmarks that were measured in turn with this one, itself among them. */
export function siblings(report: ReportView, { suite, comparison }: BenchmarkView): readonly BenchmarkView[] {
  return report.benchmarks.filter((one) => one.suite === suite && one.comparison === comparison);
}

/** The end of a benchmark's name: its side. */
export function sideOf(benchmark: string): string {
  return benchmark.split('/').at(-1) ?? benchmark;
}
