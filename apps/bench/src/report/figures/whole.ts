import { count, dateAndTime, percent } from '../format.ts';
import type { MeasurementView, ReportView } from '../view.ts';
import type { TableText } from './figure.ts';

/** What is counted and not timed, of every benchmark that counts something; what changed shows both builds. */
export function countsTable({ benchmarks }: ReportView): TableText {
  const columns: readonly { readonly name: string; readonly text: (measured: MeasurementView) => string }[] = [
    { name: 'calls to Azure', text: ({ calls }) => (calls === null ? '–' : count(calls)) },
    { name: 'SSH hand-shakes', text: ({ handshakes }) => (handshakes === null ? '–' : count(handshakes)) },
    { name: 'cache hit ratio', text: ({ cache }) => (cache === null ? '–' : percent(cache.hitRatio)) },
  ];
  const counting = benchmarks.filter(({ now }) => columns.some(({ text }) => text(now) !== '–'));
  const used = columns.filter(({ text }) => counting.some(({ now }) => text(now) !== '–'));
  return {
    head: ['benchmark', ...used.map(({ name }) => name)],
    rows: counting.map(({ benchmark, now, before }) => {
      const cells = used.map(({ text }) =>
        before === null || text(before) === text(now) ? text(now) : `${text(before)} → ${text(now)}`,
      );
      return [benchmark].concat(cells);
    }),
  };
}

/** Where and with what it was measured: terms and their texts. */
export function howMeasured({
  environment,
  method,
  subject,
  base,
  paired,
}: ReportView): readonly (readonly [string, string])[] {
  const { cpu, cpus, memory_mb: memory, node, platform, arch, versions } = environment;
  const used = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const order = paired
    ? 'The two builds took turns, round by round.'
    : base === null
      ? undefined
      : 'The base is of another run.';
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['When', `${dateAndTime(subject.startedAt)} to ${dateAndTime(subject.finishedAt)}`],
    ['Machine', `${cpu}, ${count(cpus)} CPUs, ${count(Math.round(memory / 1024))} GB, ${platform} ${arch}`],
    ['Node', node],
    ['Versions', used.length === 0 ? undefined : used.join(', ')],
    ['Order', order],
    ['Comparison', method ?? undefined],
  ];
  return facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined);
}
