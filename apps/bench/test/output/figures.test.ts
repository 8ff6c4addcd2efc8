import { expect, test } from 'vitest';
import { counted, duration, durationRange, percent, times } from '../../src/output/figures.ts';

test.each([
  [1.4234, '1.42 s'],
  [123.4, '123 s'],
  [0.0583, '58.3 ms'],
  [0.00099951, '1.00 ms'],
  [0.00087, '870 µs'],
  [4.2e-8, '42.0 ns'],
  [3e-10, '0.30 ns'],
  [0, '0.00 ns'],
])('%f seconds are %s', (seconds, expected) => {
  expect(duration(seconds)).toBe(expected);
});

test('a range is in the unit of its middle', () => {
  expect(durationRange(0.0579, 0.12, 0.06)).toBe('57.9–120');
});

test('ratios, shares and counts', () => {
  expect([times(1.424), times(12.34), times(250)]).toEqual(['1.42×', '12.3×', '250×']);
  expect([percent(0), percent(0.004), percent(0.0994), percent(0.62)]).toEqual(['0 %', '0.4 %', '9.9 %', '62 %']);
  expect([counted(1, 'call'), counted(0, 'call'), counted(2.5, 'call')]).toEqual(['1 call', '0 calls', '2.50 calls']);
});
