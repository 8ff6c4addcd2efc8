import { expect, it } from 'vitest';

import { retryAfterMs } from '../src/retry-after.ts';

const now = Date.parse('2026-01-02T03:04:05Z');

it.each([
  ['7', 7000],
  ['0', 0],
  ['Fri, 02 Jan 2026 03:04:35 GMT', 30_000],
  ['Fri, 02 Jan 2026 03:04:00 GMT', 0],
  ['-1', undefined],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After: %s', (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});
