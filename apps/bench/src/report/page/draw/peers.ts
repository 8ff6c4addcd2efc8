import { axisX, dot, gridX, link, ruleX, text } from '@observablehq/plot';
import type { Peers } from '../../figures/peers.ts';
import { ratioDomain, ratioTicks } from '../../ratio-domain.ts';
import { chart, colours } from './chart.ts';
import { tickCount } from './distribution.ts';

const ROW_HEIGHT = 46;

/** Every name stands above its mark: no column of names takes the chart's place on a phone. */
export function drawPeers(figure: Peers, width: number): Element[] {
  const { rows } = figure;
  const measured = rows.flatMap(({ side, chosen, ratio }) =>
    ratio === null ? [] : [{ side, chosen, ratio: ratio.ratio, low: ratio.low, high: ratio.high }],
  );
  const domain = ratioDomain(
    measured.map(({ ratio }) => ratio),
    measured,
  );
  const ticks = ratioTicks(domain, tickCount(width));
  return [
    chart(figure.sentence, {
      width,
      height: rows.length * ROW_HEIGHT + 40,
      marginLeft: 10,
      marginRight: 14,
      marginTop: 4,
      marginBottom: 34,
      x: { type: 'log', domain, label: null },
      y: { type: 'band', domain: rows.map(({ side }) => side), axis: null, padding: 0 },
      marks: [
        gridX({ stroke: colours.rule, strokeOpacity: 1, ticks }),
        axisX({
          ticks,
          tickSize: 0,
          tickFormat: String,
          label: `× ${figure.against}`,
          labelAnchor: 'right',
          labelArrow: 'none',
          color: colours.muted,
        }),
        ruleX([1], { stroke: colours.ink, strokeWidth: 1.25 }),
        link(measured, {
          y: 'side',
          x1: 'low',
          x2: 'high',
          stroke: colourOf,
          strokeWidth: 4,
          strokeOpacity: 0.45,
          dy: 10,
          clip: true,
        }),
        dot(measured, { y: 'side', x: 'ratio', r: 5, fill: colourOf, stroke: colours.paper, strokeWidth: 1.5, dy: 10 }),
        nameText(
          rows.filter(({ chosen }) => chosen),
          700,
        ),
        nameText(
          rows.filter(({ chosen }) => !chosen),
          400,
        ),
        text(rows, {
          y: 'side',
          text: 'label',
          frameAnchor: 'right',
          dy: -10,
          fill: colours.muted,
          stroke: colours.paper,
          strokeWidth: 4,
        }),
      ],
    }),
  ];
}

function colourOf({ chosen }: { readonly chosen: boolean }): string {
  return chosen ? colours.now : colours.before;
}

function nameText(rows: Peers['rows'], fontWeight: number) {
  return text(rows, {
    y: 'side',
    text: 'side',
    frameAnchor: 'left',
    dy: -10,
    fontWeight,
    fill: colours.ink,
    stroke: colours.paper,
    strokeWidth: 4,
  });
}
