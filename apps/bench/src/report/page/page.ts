import { linked } from '../link.ts';
import { type BenchmarkView, type ReportView } from '../view.ts';
import { GROUPS, groupOf } from '../words.ts';
import { Chooser } from './chooser.ts';
import { details } from './details.ts';
import { byId, h } from './dom.ts';
import { drawForPrint, drawForScreen, release } from './figure.ts';
import { followRun } from './live.ts';
import { showAnswer, showWhole } from './overview.ts';

/** Two charts stand side by side on A4 and on Letter. */
const PRINT_WIDTH = 320;

const chooser = new Chooser();
const place = byId('details');
let report: ReportView | undefined;
let shown: string | undefined;

function show(next: ReportView): void {
  report = next;
  showAnswer(next);
  chooser.show(next);
  showChosen();
  showWhole(next);
}

/** The benchmark of the link; without one the most telling, so that no pane is empty. */
function chosen({ benchmarks }: ReportView): BenchmarkView | undefined {
  const name = linked(location.hash);
  return benchmarks.find(({ benchmark }) => benchmark === name) ?? benchmarks.toSorted((a, b) => rank(a) - rank(b))[0];
}

function rank(benchmark: BenchmarkView): number {
  // Where nothing is compared, one that was measured against a peer says more than the peer.
  return GROUPS.indexOf(groupOf(benchmark)) + (benchmark.ratio === null ? 0.5 : 0);
}

function showChosen(): void {
  if (report === undefined) return;
  const benchmark = chosen(report);
  const named = benchmark !== undefined && benchmark.benchmark === linked(location.hash);
  document.body.toggleAttribute('data-chosen', named);
  chooser.choose(benchmark?.benchmark);
  // While a run goes on the page is told everything anew; what did not change stays as it is.
  const state = JSON.stringify([benchmark, report.subject, report.base, report.runs.length]);
  if (state === shown) return;
  shown = state;
  const opened = new Set(openTables(benchmark).map(titleOf));
  replaceDetails(benchmark === undefined ? [] : [details(report, benchmark)]);
  for (const table of place.querySelectorAll('details')) table.open = opened.has(titleOf(table));
}

/** Those that are open of this very benchmark. */
function openTables(benchmark: BenchmarkView | undefined): HTMLDetailsElement[] {
  const isSame = place.querySelector('article')?.dataset['benchmark'] === benchmark?.benchmark;
  return isSame ? [...place.querySelectorAll<HTMLDetailsElement>('details[open]')] : [];
}

function titleOf(table: HTMLDetailsElement): string | undefined {
  return table.closest('figure')?.querySelector('h3')?.textContent;
}

function replaceDetails(articles: readonly HTMLElement[]): void {
  release(place);
  place.replaceChildren(...articles);
}

addEventListener('hashchange', () => {
  showChosen();
  if (!document.body.hasAttribute('data-chosen')) return;
  // To the top of what was chosen, for eyes and for screen readers.
  place.querySelector('h2')?.focus({ preventScroll: true });
  place.scrollIntoView({ block: 'start' });
});

// On paper there is nothing to choose: every benchmark is there.
addEventListener('beforeprint', () => {
  if (report === undefined) return;
  const whole = report;
  replaceDetails(whole.benchmarks.map((one) => details(whole, one)));
  // A section that is closed would be missing.
  for (const section of document.querySelectorAll<HTMLDetailsElement>('#whole > details')) section.open = true;
  drawForPrint(document.body, PRINT_WIDTH);
});
addEventListener('afterprint', () => {
  shown = undefined;
  showChosen();
  drawForScreen(document.body);
});

const data = document.getElementById('data')?.textContent ?? '';
if (data !== '') show(JSON.parse(data) as ReportView);
else byId('headline').replaceChildren(h('span', {}, 'Measuring …'));
const events = document.documentElement.dataset['events'];
if (events !== undefined) followRun(events, show);
