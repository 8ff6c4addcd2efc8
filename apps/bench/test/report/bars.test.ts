import { expect, test } from 'vitest';
import { cacheBars, memoryBars } from '../../src/report/figures/resources.ts';
import type { BenchmarkView } from '../../src/report/view.ts';
import { alone, both, listing, named } from '../support/views.ts';

function name({ side }: BenchmarkView): string {
  return side;
}

test('memory and cache: a bar for each build, and no chart where nothing is known', () => {
  expect(memoryBars(both, [listing(both)], name)!.rows).toEqual([
    {
      name: 'azfleet',
      bars: [
        expect.objectContaining({ which: 'now', value: 49, label: '49 MB' }),
        expect.objectContaining({ which: 'before', value: 46 }),
      ],
    },
  ]);
  expect(cacheBars(both, both.benchmarks, name)!.table.rows).toContainEqual([
    'azfleet',
    '88 % · 135 of 153',
    '86 % · 131 of 153',
  ]);
  expect(cacheBars(alone, [named(alone, 'start-up/list-1000/node-e-0')], name)).toBeUndefined();
  expect(memoryBars(alone, alone.benchmarks, name)!.table.head).toEqual(['benchmark', 'peak memory, new']);
});

test('which bar is which build is said, where there are two', () => {
  expect(memoryBars(both, both.benchmarks, name)!.sentence).toContain('The upper bar is new, the lower one base.');
  expect(memoryBars(alone, alone.benchmarks, name)!.sentence).not.toContain('upper');
});
