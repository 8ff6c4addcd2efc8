import { change, plural, time, times } from '../format.ts';
import type { BenchmarkView, ReportView } from '../view.ts';
import { type Group, GROUPS, GROUP_TITLES, countChange, groupOf, matches } from '../words.ts';
import { byId, h, nameParts } from './dom.ts';
import { linkTo } from '../link.ts';
import { type RowScale, rowInterval, rowScale } from './row-interval.ts';

/** The list of benchmarks: what came of each at a glance, found by typing, chosen by key, click or touch. */
export class Chooser {
  readonly #search = byId('search') as HTMLInputElement;
  readonly #list = byId('list');
  readonly #found = byId('found');
  #report: ReportView | undefined;
  #chosen: string | undefined;

  constructor() {
    this.#search.addEventListener('input', () => this.#filter());
    this.#search.addEventListener('keydown', (event) => this.#onSearchKey(event));
    this.#list.addEventListener('keydown', (event) => this.#onListKey(event));
    document.addEventListener('keydown', (event) => this.#onPageKey(event));
  }

  show(report: ReportView): void {
    this.#report = report;
    const focused = (document.activeElement as HTMLElement | null)?.dataset['benchmark'];
    const intervals = report.benchmarks.map((one) => intervalOf(report, one)).filter((one) => one !== null);
    const scale = rowScale(intervals);
    byId('axis').textContent = '';
    if (intervals.length > 0) byId('axis').append(...axis(report, scale));
    this.#list.replaceChildren(
      ...groups(report).map(([title, benchmarks]) =>
        h(
          'li',
          { class: 'group' },
          h('h3', {}, title, ' ', h('span', { class: 'count' }, String(benchmarks.length))),
          h('ul', {}, ...benchmarks.map((one) => row(report, one, scale))),
        ),
      ),
    );
    this.choose(this.#chosen);
    this.#filter();
    this.#links()
      .find((link) => link.dataset['benchmark'] === focused)
      ?.focus();
  }

  choose(benchmark: string | undefined): void {
    this.#chosen = benchmark;
    for (const link of this.#links()) {
      if (link.dataset['benchmark'] === benchmark) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    this.#oneTabStop();
  }

  #filter(): void {
    const typed = this.#search.value.trim();
    const benchmarks = new Map(this.#report?.benchmarks.map((one) => [one.benchmark, one]));
    let shown = 0;
    for (const link of this.#links()) {
      const benchmark = benchmarks.get(link.dataset['benchmark'] ?? '');
      const hit = benchmark !== undefined && matches(benchmark, typed);
      if (hit) shown += 1;
      link.parentElement!.hidden = !hit;
    }
    for (const group of this.#list.querySelectorAll<HTMLElement>('.group')) {
      group.hidden = group.querySelector('li:not([hidden])') === null;
    }
    this.#found.textContent =
      typed === '' ? '' : shown === 0 ? 'none has this name' : `${shown} of ${plural(benchmarks.size, 'benchmark')}`;
    this.#oneTabStop();
  }

  /** The list is one stop for Tab; arrow keys move within it. */
  #oneTabStop(): void {
    const shown = this.#shown();
    const stop = shown.find((link) => link.hasAttribute('aria-current')) ?? shown[0];
    for (const link of this.#links()) link.tabIndex = link === stop ? 0 : -1;
  }

  #onSearchKey(event: KeyboardEvent): void {
    const first = this.#shown()[0];
    if (event.key === 'ArrowDown' && first !== undefined) {
      event.preventDefault();
      first.focus();
    } else if (event.key === 'Enter' && first !== undefined) {
      event.preventDefault();
      first.click();
    } else if (event.key === 'Escape' && this.#search.value !== '') {
      event.preventDefault();
      this.#search.value = '';
      this.#filter();
    }
  }

  #onListKey(event: KeyboardEvent): void {
    const shown = this.#shown();
    const at = shown.indexOf(document.activeElement as HTMLAnchorElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (at === -1 || next === undefined) return;
    event.preventDefault();
    if (next < 0) this.#search.focus();
    else shown[Math.min(next, shown.length - 1)]?.focus();
  }

  #onPageKey(event: KeyboardEvent): void {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    this.#search.focus();
  }

  #links(): HTMLAnchorElement[] {
    return [...this.#list.querySelectorAll<HTMLAnchorElement>('a[data-benchmark]')];
  }

  #shown(): HTMLAnchorElement[] {
    return this.#links().filter((link) => !link.parentElement!.hidden);
  }
}

/** With a base by what came of it, without one by suite. */
function groups(report: ReportView): [string, readonly BenchmarkView[]][] {
  const { benchmarks } = report;
  if (report.base === null) {
    const suites = [...new Set(benchmarks.map(({ suite }) => suite))];
    return suites.map((suite) => [suite, benchmarks.filter((one) => one.suite === suite)]);
  }
  return GROUPS.map((group): [string, readonly BenchmarkView[]] => [
    GROUP_TITLES[group],
    benchmarks.filter((one) => groupOf(one) === group).toSorted((a, b) => size(group, b) - size(group, a)),
  ]).filter(([, members]) => members.length > 0);
}

/** What matters most comes first; where nothing changed the order is that of the run. */
function size(group: Group, { change: made }: BenchmarkView): number {
  return made === null || (group !== 'slower' && group !== 'faster') ? 0 : Math.abs(Math.log(made.ratio));
}

function row(report: ReportView, benchmark: BenchmarkView, scale: RowScale): HTMLElement {
  const shown = intervalOf(report, benchmark);
  return h(
    'li',
    {},
    h(
      'a',
      {
        href: linkTo(benchmark.benchmark),
        'data-benchmark': benchmark.benchmark,
        'data-tone': report.base === null ? 'plain' : groupOf(benchmark),
      },
      h('span', { class: 'name' }, ...nameParts(benchmark.benchmark)),
      shown === null ? h('span', { class: 'interval' }) : h('span', { class: 'interval' }, rowInterval(shown, scale)),
      h('span', { class: 'outcome' }, outcome(report, benchmark)),
    ),
  );
}

function intervalOf(report: ReportView, benchmark: BenchmarkView) {
  return report.base === null ? benchmark.ratio : benchmark.change;
}

function outcome(report: ReportView, { change: made, ratio, counts, now, before }: BenchmarkView): string {
  const worst = counts.find(({ change }) => change === 'worse') ?? counts.find(({ change }) => change === 'better');
  if (worst !== undefined && (made === null || made.verdict === 'no difference')) return countChange(worst);
  if (made !== null) return change(made.ratio);
  if (report.base !== null) return before === null ? 'new' : time(now.stats.median);
  return ratio === null ? time(now.stats.median) : times(ratio.ratio);
}

function axis(report: ReportView, { end }: RowScale): Node[] {
  const left = report.base === null ? 'less' : 'faster';
  const right = report.base === null ? 'more' : 'slower';
  return [h('span', {}, `← ${left} ${times(1 / end)}`), h('span', {}, '1'), h('span', {}, `${times(end)} ${right} →`)];
}
