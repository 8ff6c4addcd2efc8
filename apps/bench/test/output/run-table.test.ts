import { expect, test } from 'vitest';
import { runTable } from '../../src/output/run-table.ts';
import { resultFile } from '../support/result-files.ts';

const plain = (_: string, text: string): string => text;
const against = 'node-e-0';
const benchmarks = [
  {
    name: 'start-up/list/azfleet',
    seconds: 0.06,
    against,
    memoryMb: 47.25,
    cpuPercent: 98,
    calls: 0,
    cache: [4, 0] as const,
    rounds: 40,
  },
  { name: `start-up/list/${against}`, seconds: 0.04, memoryMb: 42, rounds: 40 },
];
const missing = [{ benchmark: 'start-up/list/az', reason: 'not installed\u001b[2J' }];

function rowsOf(table: string): string[][] {
  return table
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/));
}

test('times, ratios with their intervals, resources, counts, what is detected, and who is missing', () => {
  const [header, title, azfleet, empty, az] = rowsOf(runTable([resultFile(benchmarks, { missing })], plain));
  expect(header).toEqual(['benchmark', 'median', 'middle half', 'ratio', '95 %', 'memory', 'CPU', 'counts', 'detects']);
  expect(title).toEqual(['start-up/list']);
  expect(azfleet![0]).toBe('azfleet');
  expect(azfleet![1]).toMatch(/^(59|60|61)\.\d ms$/);
  expect(azfleet![2]).toMatch(/^\d+\.\d–\d+\.\d$/);
  expect(azfleet![3]).toMatch(/^1\.[45]\d×$/);
  expect(azfleet![4]).toMatch(/^1\.[45]\d–1\.[45]\d$/);
  expect(azfleet!.slice(5, 8)).toEqual(['47.3 MB', '98 %', '0 calls, 100 % hits']);
  expect(azfleet![8]).toMatch(/^±\d\.\d %$/);
  expect(empty![0]).toBe('node-e-0');
  expect(empty).toContain('42.0 MB');
  expect(az).toEqual(['az: not installed\\e[2J']);
});

test('a change that only a factor of two would show is not told to the last digit', () => {
  const file = resultFile(benchmarks);
  const noisy = {
    ...file,
    benchmarks: file.benchmarks.map((one) => Object.assign({}, one, { detectable_change: 226.5 })),
  };
  const [, , azfleet] = rowsOf(runTable([noisy], plain));
  expect(azfleet!.at(-1)).toBe('> 100 %');
});

test('a base stands beside it', () => {
  const now = resultFile(benchmarks, { seed: 2 });
  const base = resultFile(benchmarks, { seed: 3, build: { name: 'base', commit: null } });
  const [header, , azfleet] = rowsOf(runTable([now, base], plain));
  expect(header).toContain('new/base');
  expect(azfleet![5]).toMatch(/^(?:0\.9\d|1\.0\d)×$/);
});

test('of too few rounds there is a ratio and no interval', () => {
  const few = resultFile(benchmarks.map((one) => Object.assign({}, one, { rounds: 3 })));
  const [header, , azfleet] = rowsOf(runTable([few], plain));
  expect(header).not.toContain('95 %');
  expect(azfleet![3]).toMatch(/^1\.[45]\d×$/);
});

test('where nothing was measured there is no table', () => {
  expect(runTable([resultFile([])], plain)).toBe('');
  expect(runTable([], plain)).toBe('');
});
