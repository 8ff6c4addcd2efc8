import { expect, test } from 'vitest';
import { distribution } from '../../src/report/figures/distribution.ts';
import { alone, both, listing } from '../support/views.ts';

test('one point a round and build, in the unit of the median', () => {
  const figure = distribution(both, listing(both))!;
  expect(figure.unit).toBe('ms');
  expect(figure.points.filter(({ which }) => which === 'now').map(({ value }) => value / 1000)).toEqual(
    listing(both).now.rounds.map((seconds) => expect.closeTo(seconds, 10)),
  );
  expect(figure.medians.map(({ label }) => label)).toEqual(['new', 'base']);
  expect(figure.logarithmic).toBe(false);
  expect(figure.table.rows).toHaveLength(2);
  expect(distribution(alone, listing(alone))!.medians).toHaveLength(1);
});

test('an outlier of a hundred times makes the axis logarithmic', () => {
  const view = listing(alone);
  const far = { ...view, now: { ...view.now, rounds: [...view.now.rounds, 4] } };
  expect(distribution(alone, far)!.logarithmic).toBe(true);
  expect(distribution(alone, { ...view, now: { ...view.now, rounds: [] } })).toBeUndefined();
});
