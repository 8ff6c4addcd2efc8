import { expect, test } from 'vitest';
import { checkComparison, checkedSuite } from '../../src/runner/check-comparison.ts';

const whole = async (): Promise<{ seconds: number }> => ({ seconds: 1 });

test('a suite has a line about itself and can be opened', () => {
  const suite = { about: 'a test', open: () => ({ comparisons: [] }) };
  expect(checkedSuite(suite)).toBe(suite);
  for (const other of [undefined, null, 42, {}, { about: 'x' }, { about: 1, open() {} }, { about: 'x', open: 1 }]) {
    expect(() => checkedSuite(other)).toThrow('its default export is not a suite');
  }
});

test('a comparison names its sides in words, each once, and what they are against', () => {
  const a = { name: 'a-1.5', whole };
  expect(() =>
    checkComparison({
      name: 'get-1000',
      against: 'gone',
      rounds: 3,
      sides: [a, { name: 'gone', missing: 'not here' }],
    }),
  ).not.toThrow();
  expect(() => checkComparison({ name: 'Get', sides: [a] })).toThrow("comparison 'Get' is not one word");
  expect(() => checkComparison({ name: 'get', sides: [] })).toThrow("comparison 'get' has no sides");
  expect(() => checkComparison({ name: 'get', sides: [{ name: 'A', whole }] })).toThrow(
    "side 'A' of 'get' is not one word",
  );
  expect(() => checkComparison({ name: 'get', sides: [a, a] })).toThrow("'get' has two sides called 'a-1.5'");
  expect(() => checkComparison({ name: 'get', sides: [{ name: 'a' } as never] })).toThrow('has nothing to run');
  expect(() => checkComparison({ name: 'get', against: 'b', sides: [a] })).toThrow(
    "'get' has no side 'b' to be against",
  );
  for (const rounds of [0, -1, 2.5]) {
    expect(() => checkComparison({ name: 'get', rounds, sides: [a] })).toThrow(`'get' cannot have ${rounds} rounds`);
  }
});
