import { buildLabels } from '../figures/figure.ts';
import { cacheBars, memoryBars } from '../figures/resources.ts';
import { countsTable, howMeasured } from '../figures/whole.ts';
import { dateAndTime } from '../format.ts';
import type { ReportView } from '../view.ts';
import { byId, type Child, h } from './dom.ts';
import { drawBars } from './draw/bars.ts';
import { figure, release } from './figure.ts';
import { table } from './table.ts';

/** The answer: what came of it all, and whether to trust it. */
export function showAnswer(report: ReportView): void {
  document.title = report.headline.map(({ text }) => text).join('');
  byId('headline').replaceChildren(...report.headline.map(({ text, tone }) => h('span', { 'data-tone': tone }, text)));
  byId('trust').replaceChildren(
    ...report.trust.map(({ kind, text }) => h('li', { 'data-kind': kind }, ...withCode(text))),
  );
  const labels = buildLabels(report);
  const { subject, base } = report;
  byId('builds').replaceChildren(
    h('span', {}, withCommit(labels.now, subject.commit)),
    base === null ? '' : ' against ',
    base === null ? '' : h('span', {}, withCommit(labels.before, base.commit)),
    ' · ',
    h('time', { datetime: subject.startedAt }, dateAndTime(subject.startedAt)),
  );
}

/** What is told of all benchmarks together, below the details. */
export function showWhole(report: ReportView): void {
  const whole = byId('whole');
  release(whole);
  const [cache, memory] = [
    cacheBars(report, report.benchmarks, fullName),
    memoryBars(report, report.benchmarks, fullName),
  ];
  const counts = countsTable(report);
  const open = whole.querySelector('details')?.open ?? matchMedia('(min-width: 64rem)').matches;
  whole.replaceChildren(
    h(
      'details',
      { open },
      h('summary', {}, h('h2', {}, 'Cache, memory and counts of all benchmarks')),
      h(
        'div',
        { class: 'figures' },
        ...[cache, memory]
          .filter((one) => one !== undefined)
          .map((one) => figure(one, (width) => drawBars(one, width))),
      ),
      counts.rows.length === 0
        ? ''
        : h('section', { class: 'measured' }, h('h3', {}, 'Counts'), table(counts, 'Counts of all benchmarks')),
    ),
    h(
      'section',
      { class: 'how' },
      h('h3', {}, 'How it was measured'),
      h('dl', {}, ...howMeasured(report).flatMap(([term, text]) => [h('dt', {}, term), h('dd', {}, text)])),
    ),
  );
}

function withCommit(name: string, commit: string | null): string {
  return commit === null || name.includes(commit) ? name : `${name} (${commit})`;
}

function fullName({ benchmark }: { readonly benchmark: string }): string {
  return benchmark;
}

/** What stands between backticks as code. */
function withCode(text: string): Child[] {
  return text.split('`').map((part, index) => (index % 2 === 0 ? part : h('code', {}, part)));
}
