import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../src/index.ts';

test.each([
  ['0', 0],
  ['0s', 0],
  ['250ms', 250],
  ['1.5s', 1500],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['1m500ms', 60_500],
  ['7d', 604_800_000],
  ['2w1d', 1_296_000_000],
] as const)('%s is %i ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

test.each([
  '',
  '5',
  '5x',
  'm',
  '-5m',
  '30m1h',
  '5m5m',
  '5 m',
  '1h 30m',
  '.5s',
  '5.s',
  '1e3s',
  '5M',
  '5ms1s',
  '99999999999w',
])('%j is no duration', (text) => expect(parseDuration(text)).toBeUndefined());

test('what is written is read back', () => {
  for (const ms of [0, 1, 999, 1000, 60_000, 5_400_000, 604_800_000, 86_399_999, 31_536_000_001]) {
    expect(parseDuration(formatDuration(ms))).toBe(ms);
  }
  expect(formatDuration(5_400_000)).toBe('1h30m');
  expect(formatDuration(604_800_000)).toBe('7d');
  expect(() => formatDuration(0.5)).toThrow('Expected a whole number of milliseconds, got 0.5');
});
