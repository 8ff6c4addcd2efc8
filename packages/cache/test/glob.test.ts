import { expect, test } from 'vitest';
import { matches } from '../src/glob.ts';

test.each([
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['a', 'a', true],
  ['a', 'ab', false],
  ['a*', 'a', true],
  ['*b', 'aab', true],
  ['a*b', 'a/x/b', true],
  ['a*b', 'a/x/bc', false],
  ['*a*a*', 'banana', true],
  ['**', 'x', true],
  ['a*c', 'ab', false],
  ['a?c', 'abc', false],
  ['a.c', 'abc', false],
  ['[a]', 'a', false],
])('%j on %j: %s', (pattern, name, expected) => {
  expect(matches(pattern, name)).toBe(expected);
});

test('many stars cost no more than pattern × name', () => {
  // A regular expression would be at this for years.
  expect(matches(`${'*a'.repeat(50)}b`, 'a'.repeat(5000))).toBe(false);
});
