import { axisX, axisY, dot, gridY, lineY, rect, ruleX, ruleY, tip, pointerX } from '@observablehq/plot';
import type { Rounds } from '../../figures/rounds.ts';
import { ratioDomain, ratioTicks } from '../../ratio-domain.ts';
import { chart, colours } from './chart.ts';

export function drawRounds(figure: Rounds, width: number): Element[] {
  const { points, band, of, unit } = figure;
  const domain = ratioDomain(
    points.map(({ value }) => value),
    band === null ? [] : [band],
  );
  const ticks = of === 'ratio' ? { ticks: ratioTicks(domain, 6) } : { ticks: 5 };
  const last = Math.max(...points.map(({ round }) => round));
  return [
    chart(figure.sentence, {
      width,
      height: width < 340 ? 150 : 210,
      marginLeft: 48,
      marginRight: 12,
      marginTop: 24,
      marginBottom: 34,
      x: { domain: [0.5, last + 0.5], label: null },
      y: of === 'time' ? { nice: true, label: null } : { type: 'log', domain, label: null },
      marks: [
        gridY({ stroke: colours.rule, strokeOpacity: 1, ...ticks }),
        axisY({
          ...ticks,
          tickSize: 0,
          label: unit === '×' ? '× base' : unit,
          labelArrow: 'none',
          color: colours.muted,
          ...(of === 'ratio' ? { tickFormat: String } : {}),
        }),
        axisX({
          ticks: Math.min(last, Math.floor(width / 70)),
          tickSize: 0,
          label: 'round',
          labelAnchor: 'right',
          labelArrow: 'none',
          color: colours.muted,
          tickFormat: wholeTick,
        }),
        band === null
          ? null
          : rect([band], {
              x1: 0.5,
              x2: last + 0.5,
              y1: 'low',
              y2: 'high',
              fill: colours.now,
              fillOpacity: 0.16,
              clip: true,
            }),
        ruleX(figure.launches, {
          x: (round: number) => round + 0.5,
          stroke: colours.muted,
          strokeDasharray: '2 3',
        }),
        of === 'ratio' ? ruleY([1], { stroke: colours.ink, strokeWidth: 1.25 }) : null,
        band === null ? null : ruleY([band.ratio], { stroke: colours.now, strokeWidth: 2 }),
        of === 'time'
          ? lineY(points, { x: 'round', y: 'value', stroke: strokeOf, z: 'which', strokeOpacity: 0.5 })
          : null,
        dot(points, { x: 'round', y: 'value', r: 3, fill: strokeOf, stroke: colours.paper, strokeWidth: 0.75 }),
        tip(
          points,
          pointerX({
            x: 'round',
            y: 'value',
            title: ({ round, value }: { round: number; value: number }) =>
              `round ${round}: ${value.toPrecision(4)} ${unit}`,
          }),
        ),
      ],
    }),
  ];
}

function strokeOf({ which }: { readonly which: 'now' | 'before' }): string {
  return colours[which];
}

function wholeTick(value: number): string {
  return Number.isInteger(value) ? String(value) : '';
}
