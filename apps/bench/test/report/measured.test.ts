import { expect, test } from 'vitest';
import { measured } from '../../src/report/figures/measured.ts';
import { viewOf } from '../../src/report/view-of.ts';
import { smallHistory, smallRun } from '../support/fleet-results.ts';
import { alone, both, listing, named } from '../support/views.ts';

const { now } = smallRun();

test('what is known, beside the base, and how it changed', () => {
  const rows = new Map(
    measured(both, named(both, 'workflow/working-hour/azfleet')).rows.map(([name, ...cells]) => [name, cells]),
  );
  expect(rows.get('calls to Azure')).toEqual(['12', '14', '0.86 ×']);
  expect(rows.get('cache hit ratio')).toEqual(['88 %', '86 %', '']);
  expect(rows.get('peak memory')).toEqual(['58 MB', '58 MB', '0 %']);
  expect(rows.has('SSH hand-shakes')).toBe(false);
  expect(measured(alone, listing(alone)).head).toEqual(['figure', 'new']);
});

test('zeros, and what only one of them counts', () => {
  const view = named(both, 'workflow/working-hour/azfleet');
  const cells = (calls: number | null, before: number | null): readonly string[] =>
    measured(both, { ...view, now: { ...view.now, calls }, before: { ...view.before!, calls: before } })
      .rows.find(([name]) => name === 'calls to Azure')!
      .slice(1);
  expect(cells(3, 0)).toEqual(['3', '0', '+3']);
  expect(cells(0, 0)).toEqual(['0', '0', '=']);
  expect(cells(3, null)).toEqual(['3', '–', '']);
});

test('times of different runs are not subtracted', () => {
  const apart = viewOf({ now, base: smallHistory()[0]! });
  expect(measured(apart, listing(apart)).rows.map((row) => row.at(-1))).toEqual(
    expect.not.arrayContaining([expect.stringContaining('%')]),
  );
});
