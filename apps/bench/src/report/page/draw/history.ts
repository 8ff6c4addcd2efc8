import { axisX, axisY, dot, gridY, lineY, link, pointerX, ruleY, tip } from '@observablehq/plot';
import type { History, HistorySeries } from '../../figures/history.ts';
import { chart, colours } from './chart.ts';

/** One small chart for each series, on one axis of runs. */
export function drawHistory(figure: History, width: number): Element[] {
  return figure.drawn.map((series, index) => drawSeries(figure, series, width, index === 0));
}

function drawSeries({ runs }: History, series: HistorySeries, width: number, first: boolean): Element {
  const dates = new Map(runs.map(({ index, date }) => [index, date]));
  const firstHeight = width < 340 ? 150 : 210;
  const every = Math.max(1, Math.ceil((runs.length * 84) / Math.max(84, width - 70)));
  const shown = runs.filter(({ index }) => (runs.length - 1 - index) % every === 0).map(({ index }) => index);
  const [low, high] = domainOf(series.points.flatMap(({ low, high }) => [low, high]));
  return chart(`${series.name} in ${runs.length} runs`, {
    width,
    height: first ? firstHeight : 100,
    marginLeft: 48,
    marginRight: 24,
    marginTop: 26,
    marginBottom: 26,
    x: { type: 'linear', domain: [-0.4, runs.length - 0.6], label: null },
    y: { domain: [low, high], label: null },
    marks: [
      gridY({ stroke: colours.rule, strokeOpacity: 1, ticks: first ? 5 : 3 }),
      axisY({
        ticks: first ? 5 : 3,
        tickSize: 0,
        label: series.unit === '×' ? series.name : `${series.name}${series.unit === '' ? '' : `, ${series.unit}`}`,
        labelArrow: 'none',
        color: colours.muted,
      }),
      axisX(shown, {
        tickSize: 0,
        tickFormat: (index: number) => dates.get(index) ?? '',
        label: null,
        color: colours.muted,
      }),
      series.unit === '×'
        ? ruleY(
            [1].filter((one) => one >= low && one <= high),
            { stroke: colours.ink },
          )
        : null,
      link(
        series.points.filter(({ low, high }) => low !== high),
        { x: 'run', y1: 'low', y2: 'high', stroke: colours.now, strokeWidth: 4, strokeOpacity: 0.3 },
      ),
      lineY(series.points, { x: 'run', y: 'value', stroke: colours.now, strokeWidth: 1.5 }),
      dot(series.points, {
        x: 'run',
        y: 'value',
        r: ({ run }: { run: number }) => (run === runs.length - 1 ? 5 : 3),
        fill: colours.now,
        stroke: colours.paper,
      }),
      tip(
        series.points,
        pointerX({
          x: 'run',
          y: 'value',
          title: ({ run, text }: { run: number; text: string }) => `${dates.get(run)}: ${text}`,
        }),
      ),
    ],
  });
}

/** The values with some air; never a step made of noise alone: at least a tenth of the middle. */
function domainOf(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = Math.max((high - low) * 0.15, ((high + low) / 2) * 0.05, high === 0 ? 1 : 0);
  return [Math.max(0, low - air), high + air];
}
