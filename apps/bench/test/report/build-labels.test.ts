import { expect, test } from 'vitest';
import { buildLabels } from '../../src/report/figures/figure.ts';
import { viewOf } from '../../src/report/view-of.ts';
import { smallRun } from '../support/fleet-results.ts';

const { now, base } = smallRun();

test('builds of the same name are told apart by commit, date, or at least by role', () => {
  const twin = viewOf({ now, base: { ...base, build: { name: 'new', commit: 'a81d03b' } } });
  expect(buildLabels(twin)).toEqual({ now: 'new 4f2c9e1', before: 'new a81d03b' });
  const nameless = { name: 'new', commit: null };
  expect(buildLabels(viewOf({ now: { ...now, build: nameless }, base: { ...base, build: nameless } }))).toEqual({
    now: 'new 2026-03-12 09:30 (new)',
    before: 'new 2026-03-12 09:30 (base)',
  });
});
