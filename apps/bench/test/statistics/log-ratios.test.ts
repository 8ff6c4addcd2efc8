import { expect, it } from 'vitest';
import { logRatios } from '../../src/statistics/log-ratios.ts';

it('compares each round with the one that was measured beside it', () => {
  expect(logRatios([2, 3], [1, 6])).toEqual([[Math.log(2), Math.log(0.5)]]);
});

it('compares what both have, where a run was interrupted', () => {
  expect(logRatios([2, 3, 4], [1])).toEqual([[Math.log(2)]]);
});

it('leaves out rounds that were too short for the clock', () => {
  expect(logRatios([0, 3, 4], [1, 0, 2])).toEqual([[Math.log(2)]]);
});

it('keeps the launches apart, in equal parts', () => {
  expect(logRatios([1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1], 3).map(({ length }) => length)).toEqual([2, 2, 3]);
});

it('leaves out a launch without a round that tells anything', () => {
  expect(logRatios([1, 0, 2], [1, 1, 1], 3)).toEqual([[0], [Math.log(2)]]);
});
