import { expect, it } from 'vitest';
import { studentT } from '../../src/statistics/student-t.ts';

// Printed tables, and SciPy 1.17 `stats.t.isf` for the rest.
it.each([
  [0.025, 1, 12.7062047362],
  [0.025, 10, 2.228138852],
  [0.00125, 35, 3.2576735008],
  [0.0005, 2.5, 18.2778935281],
  [0.00025, 89, 3.6133631658],
  [0.2, 59, 0.8477559494],
])('exceeds %f of the distribution with %f degrees of freedom', (upperTail, degreesOfFreedom, expected) => {
  expect(studentT(upperTail, degreesOfFreedom)).toBeCloseTo(expected, 7);
});
