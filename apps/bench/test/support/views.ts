import { viewOf } from '../../src/report/view-of.ts';
import type { BenchmarkView, ReportView } from '../../src/report/view.ts';
import { smallRun } from './fleet-results.ts';

const { now, base } = smallRun();

/** A small run, beside its base and without. */
export const both: ReportView = viewOf({ now, base });
export const alone: ReportView = viewOf({ now });

export function named(report: ReportView, name: string): BenchmarkView {
  return report.benchmarks.find(({ benchmark }) => benchmark === name)!;
}

export function listing(report: ReportView): BenchmarkView {
  return named(report, 'start-up/list-1000/azfleet');
}
