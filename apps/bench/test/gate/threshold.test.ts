import { expect, it } from 'vitest';
import { BenchError } from '../../src/errors.ts';
import { readThreshold } from '../../src/gate/threshold.ts';

it.each([
  [undefined, 0.05],
  ['5%', 0.05],
  ['12.5 %', 0.125],
  ['0%', 0],
])('%s is a share of %f', (text, share) => {
  expect(readThreshold(text)).toBeCloseTo(share, 12);
});

it.each(['5', '0.05', '-5%', '%', '5%%', 'five'])('%s is refused: nobody knows whether it is a share', (text) => {
  expect(() => readThreshold(text)).toThrow(BenchError);
});
