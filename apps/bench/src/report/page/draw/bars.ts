import { axisX, gridX, rect, text } from '@observablehq/plot';
import type { Bars } from '../../figures/resources.ts';
import { chart, colours } from './chart.ts';
import { tickCount } from './distribution.ts';

const NAME_HEIGHT = 22;
const BAR_HEIGHT = 18;

export function drawBars(figure: Bars, width: number): Element[] {
  const most = Math.max(...figure.rows.map(({ bars }) => bars.length));
  const rowHeight = NAME_HEIGHT + most * BAR_HEIGHT + 4;
  const bars = figure.rows.flatMap(({ name, bars }, row) =>
    bars.map((bar, index) => ({ ...bar, name, row, top: row * rowHeight + NAME_HEIGHT + index * BAR_HEIGHT })),
  );
  const end = figure.end ?? Math.max(...bars.map(({ value }) => value)) * 1.25;
  const height = figure.rows.length * rowHeight;
  return [
    chart(figure.sentence, {
      width,
      height: height + 40,
      marginLeft: 10,
      marginRight: 14,
      marginTop: 4,
      marginBottom: 36,
      x: { domain: [0, end], label: null },
      y: { type: 'linear', domain: [0, height], reverse: true, axis: null },
      marks: [
        gridX({ stroke: colours.rule, strokeOpacity: 1, ticks: tickCount(width) }),
        axisX({
          ticks: tickCount(width),
          tickSize: 0,
          label: figure.unit,
          labelAnchor: 'right',
          labelArrow: 'none',
          color: colours.muted,
        }),
        rect(bars, {
          x1: 0,
          x2: 'value',
          y1: 'top',
          y2: ({ top }: { top: number }) => top + BAR_HEIGHT - 3,
          fill: ({ which }: { which: 'now' | 'before' }) => colours[which],
          fillOpacity: 0.32,
          r: 2,
        }),
        text(
          figure.rows.map(({ name }, row) => ({ name, y: row * rowHeight + NAME_HEIGHT / 2 + 2 })),
          { y: 'y', text: 'name', frameAnchor: 'left', fill: colours.ink, stroke: colours.paper, strokeWidth: 4 },
        ),
        text(bars, {
          x: 0,
          y: ({ top }: { top: number }) => top + BAR_HEIGHT / 2 - 1,
          text: 'label',
          textAnchor: 'start',
          dx: 6,
          fill: colours.ink,
        }),
      ],
    }),
  ];
}
