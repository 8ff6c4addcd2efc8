import { expect, test } from 'vitest';
import { ratioDomain, ratioTicks } from '../../src/report/ratio-domain.ts';

test('every value and 1 are within', () => {
  const [low, high] = ratioDomain([1.2, 1.4], [{ ratio: 1.3, low: 1.25, high: 1.35 }]);
  expect(low).toBeLessThan(1);
  expect(low).toBeGreaterThan(0.95);
  expect(high).toBeGreaterThan(1.4);
});

test('an interval that is far wider than the values is cut', () => {
  const [low, high] = ratioDomain([0.98, 1.02], [{ ratio: 1, low: 0.03, high: 29.7 }]);
  expect(low).toBeGreaterThan(0.8);
  expect(high).toBeLessThan(1.25);
});

test('a time of nothing has no ratio', () => {
  expect(ratioDomain([0, 2], []).every(Number.isFinite)).toBe(true);
});

test('round ticks, as many as fit', () => {
  expect(ratioTicks([0.93, 1.12], 5)).toEqual([0.95, 1, 1.05, 1.1]);
  expect(ratioTicks([0.5, 20], 6)).toEqual([0.5, 1, 2, 5, 10, 20]);
  expect(ratioTicks([0.5, 400], 4)).toEqual([1, 10, 100]);
  expect(ratioTicks([0.99, 1.01], 5)).toEqual([0.99, 0.995, 1, 1.005, 1.01]);
  expect(ratioTicks([1, 3.9], 2)).toEqual([1, 2, 3]);
});
