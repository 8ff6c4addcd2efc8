import { expect, test } from 'vitest';
import { rounds } from '../../src/report/figures/rounds.ts';
import { viewOf } from '../../src/report/view-of.ts';
import { smallHistory, smallRun } from '../support/fleet-results.ts';
import { alone, both, listing } from '../support/views.ts';

const { now, base } = smallRun();

test('of builds in turn their ratios, with the interval of the whole behind', () => {
  const figure = rounds(both, listing(both))!;
  const { now: measuredNow, before, change } = listing(both);
  expect(figure.of).toBe('ratio');
  expect(figure.points.map(({ value }) => value)).toEqual(
    measuredNow.rounds.map((seconds, index) => seconds / before!.rounds[index]!),
  );
  expect(figure.band).toBe(change);
  expect(figure.table.rows).toHaveLength(30);
});

test('of different runs, or of one build, the times', () => {
  const apart = viewOf({ now, base: smallHistory()[0]! });
  const figure = rounds(apart, listing(apart))!;
  expect(figure).toMatchObject({ of: 'time', unit: 'ms', band: null });
  expect(figure.sentence).toContain('different runs');
  expect(new Set(figure.points.map(({ which }) => which))).toEqual(new Set(['now', 'before']));
  expect(rounds(alone, listing(alone))!.table.head).toEqual(['round', 'new']);
  expect(rounds(alone, { ...listing(alone), now: { ...listing(alone).now, rounds: [] } })).toBeUndefined();
});

test('an interrupted build has fewer, and its table says so', () => {
  const apart = viewOf({
    now,
    base: {
      ...smallHistory()[0]!,
      benchmarks: base.benchmarks.map((one) => Object.assign({}, one, { rounds: one.rounds.slice(0, 2) })),
    },
  });
  expect(rounds(apart, listing(apart))!.table.rows[2]).toEqual(['3', expect.stringContaining('ms'), '–']);
});

test('rounds of several processes: where the next one began, as the file defines it', () => {
  const split = viewOf({
    now: { ...now, benchmarks: now.benchmarks.map((one) => Object.assign({}, one, { launches: 4 })) },
  });
  const figure = rounds(split, listing(split))!;
  expect(figure.launches).toEqual([7, 15, 22]);
  expect(figure.sentence).toContain('in 4 processes one after another');
  expect(rounds(alone, listing(alone))!.launches).toEqual([]);
});
