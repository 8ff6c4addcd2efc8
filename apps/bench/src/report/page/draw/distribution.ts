import { axisX, barX, dodgeY, dot, gridX, groupZ, text, tickX } from '@observablehq/plot';
import type { Distribution } from '../../figures/distribution.ts';
import { chart, colours } from './chart.ts';

const ROW_HEIGHT = 72;

export function drawDistribution(figure: Distribution, width: number): Element[] {
  const { points, medians, unit, logarithmic } = figure;
  return [
    chart(figure.sentence, {
      width,
      height: medians.length * ROW_HEIGHT + 40,
      marginLeft: 8,
      marginRight: 12,
      marginTop: 6,
      marginBottom: 34,
      x: { type: logarithmic ? 'log' : 'linear', nice: true, label: null },
      fy: { domain: medians.map(({ label }) => label), axis: null, padding: 0 },
      marks: [
        gridX({ stroke: colours.rule, strokeOpacity: 1, ticks: tickCount(width) }),
        axisX({
          label: unit,
          labelArrow: 'none',
          labelAnchor: 'right',
          ticks: tickCount(width),
          tickSize: 0,
          color: colours.muted,
        }),
        barX(
          points,
          groupZ(
            { x1: 'p25', x2: 'p75' },
            {
              fy: 'label',
              x1: 'value',
              x2: 'value',
              fill: fillOf,
              fillOpacity: 0.16,
              insetTop: 26,
              insetBottom: 8,
              rx: 3,
            },
          ),
        ),
        dot(
          points,
          dodgeY({
            anchor: 'middle',
            fy: 'label',
            x: 'value',
            r: 2.6,
            fill: fillOf,
            fillOpacity: 0.75,
            padding: 0.5,
            dy: 9,
            title: titleOf(unit),
          }),
        ),
        tickX(medians, { fy: 'label', x: 'value', stroke: fillOf, strokeWidth: 2.5, insetTop: 22, insetBottom: 4 }),
        text(medians, {
          fy: 'label',
          text: 'label',
          frameAnchor: 'top-left',
          dy: 4,
          fill: fillOf,
          fontWeight: 600,
          stroke: colours.paper,
          strokeWidth: 4,
        }),
      ],
    }),
  ];
}

function fillOf({ which }: { readonly which: 'now' | 'before' }): string {
  return colours[which];
}

function titleOf(unit: string) {
  return ({ round, value }: { readonly round: number; readonly value: number }): string =>
    `round ${round}: ${value.toPrecision(4)} ${unit}`;
}

export function tickCount(width: number): number {
  return Math.max(4, Math.floor(width / 80));
}
