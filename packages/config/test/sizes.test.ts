import { expect, test } from 'vitest';
import { formatSize, parseSize } from '../src/index.ts';

test.each([
  ['0', 0],
  ['512B', 512],
  ['1KB', 1000],
  ['64MB', 64_000_000],
  ['64MiB', 67_108_864],
  ['1.5 GiB', 1_610_612_736],
  ['2tb', 2e12],
] as const)('%s is %i bytes', (text, bytes) => expect(parseSize(text)).toBe(bytes));

test.each(['', '64', 'MB', '-1MB', '1  MB', '1M', '1MBB', '1iB', '9999999TB'])('%j is no size', (text) =>
  expect(parseSize(text)).toBeUndefined(),
);

test('what is written is read back, in the shortest way', () => {
  for (const bytes of [0, 1, 1000, 1024, 64_000_000, 67_108_864, 1_234_567]) {
    expect(parseSize(formatSize(bytes))).toBe(bytes);
  }
  expect(formatSize(64_000_000)).toBe('64MB');
  expect(formatSize(67_108_864)).toBe('64MiB');
  expect(formatSize(1_234_567)).toBe('1234567B');
  expect(() => formatSize(-1)).toThrow('Expected a whole number of bytes, got -1');
});
