import { expect, test } from 'vitest';
import { countsTable, howMeasured } from '../../src/report/figures/whole.ts';
import { viewOf } from '../../src/report/view-of.ts';
import { smallHistory, smallRun } from '../support/fleet-results.ts';

const { now, base } = smallRun();
const both = viewOf({ now, base });

test('counts of all: what changed shows both', () => {
  const table = countsTable(both);
  expect(table.head).toEqual(['benchmark', 'calls to Azure', 'cache hit ratio']);
  expect(table.rows).toContainEqual(['workflow/working-hour/azfleet', '14 → 12', '86 % → 88 %']);
});

test('how it was measured', () => {
  expect(new Map(howMeasured(both)).get('Machine')).toBe('AMD EPYC 7763, 2 CPUs, 8 GB, linux x64');
  expect(new Map(howMeasured(both)).get('Order')).toContain('took turns');
  expect(new Map(howMeasured(viewOf({ now, base: smallHistory()[0]! }))).get('Order')).toContain('another run');
  const bare = viewOf({ now: { ...now, environment: { ...now.environment, versions: {} } } });
  expect(howMeasured(bare).map(([term]) => term)).toEqual(['When', 'Machine', 'Node']);
});
