import { expect, it } from 'vitest';

import { oneLine } from '../src/one-line.ts';

it('makes one line of several, without control characters', () => {
  expect(oneLine('first\r\nsecond\t\u001B[31mthird\u2028')).toBe('first second [31mthird');
});

it('hides tokens, credentials and query strings', () => {
  const token = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.sig-nature_`;
  expect(oneLine(`Authorization: Bearer abc.def-123 and ${token}`)).toBe('Authorization: Bearer [token] and [token]');
  expect(oneLine('GET https://user:pw@host/path?sig=secret&x=1 failed')).toBe('GET https://host/path failed');
});

it('cuts what is too long', () => {
  expect(oneLine('x'.repeat(1000))).toHaveLength(300);
  expect(oneLine('words '.repeat(100))).toMatch(/^(words )+words…$/);
});
