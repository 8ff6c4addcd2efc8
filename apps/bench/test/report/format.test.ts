import { expect, test } from 'vitest';
import {
  change,
  count,
  dateAndTime,
  interval,
  megabytes,
  percent,
  plural,
  shortCommit,
  time,
  timeUnit,
  times,
} from '../../src/report/format.ts';

test('a time has three digits and the unit in which it is from 1 to 999', () => {
  expect([1.5e-9, 8.4e-7, 6.2e-5, 0.0432, 0.999, 2.7412, 62.04, 381.2].map(time)).toEqual([
    '1.50 ns',
    '840 ns',
    '62.0 µs',
    '43.2 ms',
    '999 ms',
    '2.74 s',
    '62.0 s',
    '381 s',
  ]);
});

test('the unit is chosen after rounding: no 1000 ms', () => {
  expect(time(0.99996)).toBe('1.00 s');
  expect(time(0.00099996)).toBe('1.00 ms');
  expect(timeUnit(0.99996)).toEqual({ unit: 's', seconds: 1 });
});

test('nothing and less than a nanosecond', () => {
  expect(time(0)).toBe('0 s');
  expect(time(3e-11)).toBe('0.03 ns');
});

test('ratios keep the digits that matter', () => {
  expect([0.071, 1, 1.256, 9.994, 15.49, 306.4].map(times)).toEqual([
    '0.071 ×',
    '1.00 ×',
    '1.26 ×',
    '9.99 ×',
    '15.5 ×',
    '306 ×',
  ]);
  expect(interval({ low: 1.236, high: 1.314 })).toBe('[1.24–1.31]');
});

test('a change is a percentage, and a multiple where that is easier to grasp', () => {
  expect([1.124, 0.969, 1.0004, 0.9997, 2.5, 3.2, 0.001].map(change)).toEqual([
    '+12.4 %',
    '−3.1 %',
    '0 %',
    '0 %',
    '+150 %',
    '3.20 ×',
    '−99.9 %',
  ]);
});

test('a commit is short, and tells what is not committed', () => {
  expect(
    ['4f2c9e1', '6e7ed8a93cf95c8c8562941398b38634ee5579af', '6e7ed8a93cf95c8c8562941398b38634ee5579af+', 'v1.2'].map(
      shortCommit,
    ),
  ).toEqual(['4f2c9e1', '6e7ed8a93', '6e7ed8a93+', 'v1.2']);
});

test('shares, sizes, counts, dates', () => {
  expect([0.05, 0.052, 0.14, 0.856, 1].map(percent)).toEqual(['5 %', '5.2 %', '14 %', '86 %', '100 %']);
  expect([9.4, 46.2].map(megabytes)).toEqual(['9.4 MB', '46 MB']);
  expect([3001, 1.5].map(count)).toEqual(['3,001', '1.5']);
  expect(dateAndTime('2026-03-12T09:30:12.000Z')).toBe('2026-03-12 09:30 UTC');
  expect(dateAndTime('some day')).toBe('some day');
  expect([plural(1, 'run'), plural(2, 'run'), plural(2, 'entry', 'entries')]).toEqual(['1 run', '2 runs', '2 entries']);
});
