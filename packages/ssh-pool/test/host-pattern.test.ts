import { expect, test } from 'vitest';
import { fitsPattern, fitsPatternList } from '../src/host-pattern.ts';

test.each([
  ['vm-1', 'vm-1', true],
  ['VM-1', 'vm-1', true],
  ['vm-?', 'vm-1', true],
  ['vm-?', 'vm-', false],
  ['vm-?', 'vm-12', false],
  ['*', '', true],
  ['*', 'anything', true],
  ['web-*', 'web-', true],
  ['web-*', 'api-1', false],
  ['*.example.com', 'a.b.example.com', true],
  ['*.example.com', 'example.com', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-b-b-d', false],
  ['10.0.0.?', '10.0.0.4', true],
  ['a.c', 'abc', false],
  ['[10.0.0.4]:*', '[10.0.0.4]:2201', true],
])('%s and %s: %s', (pattern, name, fits) => {
  expect(fitsPattern(pattern, name)).toBe(fits);
});

test('a pattern of many stars is decided at once', () => {
  expect(fitsPattern('*a'.repeat(40), 'a'.repeat(39))).toBe(false);
});

test('a list fits by one of its patterns, and not at all where an exception fits', () => {
  expect(fitsPatternList(['a', 'b*'], 'bc')).toBe(true);
  expect(fitsPatternList(['b*', '!bc'], 'bc')).toBe(false);
  expect(fitsPatternList(['!bc', '*'], 'x', ['x', 'bc'])).toBe(false);
  expect(fitsPatternList(['!bc'], 'x')).toBe(false);
});
