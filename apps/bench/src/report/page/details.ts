import { distribution } from '../figures/distribution.ts';
import { sideOf, siblings } from '../figures/figure.ts';
import { history } from '../figures/history.ts';
import { measured } from '../figures/measured.ts';
import { peers } from '../figures/peers.ts';
import { cacheBars, memoryBars } from '../figures/resources.ts';
import { rounds } from '../figures/rounds.ts';
import type { BenchmarkView, ReportView } from '../view.ts';
import { detectableWords, groupOf, verdictOf } from '../words.ts';
import { h, nameParts } from './dom.ts';
import { drawBars } from './draw/bars.ts';
import { drawDistribution } from './draw/distribution.ts';
import { drawHistory } from './draw/history.ts';
import { drawPeers } from './draw/peers.ts';
import { drawRounds } from './draw/rounds.ts';
import { type Draw, figure } from './figure.ts';
import type { FigureText } from '../figures/figure.ts';
import { table } from './table.ts';

/** Everything about one benchmark. */
export function details(report: ReportView, benchmark: BenchmarkView): HTMLElement {
  const together = siblings(report, benchmark);
  return h(
    'article',
    { class: 'benchmark', 'data-benchmark': benchmark.benchmark },
    h(
      'header',
      { 'data-tone': groupOf(benchmark) },
      h('h2', { tabindex: -1 }, ...nameParts(benchmark.benchmark)),
      h('p', { class: 'verdict' }, verdictOf(report, benchmark)),
      h('p', { class: 'aside' }, detectableWords(report, benchmark)),
    ),
    h(
      'div',
      { class: 'figures' },
      h(
        'section',
        { class: 'measured' },
        h('h3', {}, 'Measured'),
        table(measured(report, benchmark), `What was measured of ${benchmark.benchmark}`),
      ),
      drawn(distribution(report, benchmark), drawDistribution),
      drawn(rounds(report, benchmark), drawRounds),
      drawn(peers(report, benchmark), drawPeers),
      drawn(history(report, benchmark), drawHistory),
      h(
        'div',
        { class: 'resources' },
        drawn(memoryBars(report, together, sideName), drawBars),
        drawn(cacheBars(report, together, sideName), drawBars),
      ),
    ),
  );
}

function drawn<Figure extends FigureText>(
  made: Figure | undefined,
  draw: (figure: Figure, width: number) => readonly Element[],
): HTMLElement | undefined {
  if (made === undefined) return undefined;
  const drawing: Draw = (width) => draw(made, width);
  return figure(made, drawing);
}

function sideName({ benchmark }: BenchmarkView): string {
  return sideOf(benchmark);
}
