import { describe, expect, test } from 'vitest';
import { answersOnError, freshnessOf } from '../src/freshness.ts';

const policy = { freshMs: 100, staleWhileRevalidateMs: 50, staleIfErrorMs: 500 };
const now = 1_000_000;

test.each([
  [0, 'fresh'],
  [100, 'fresh'],
  [101, 'stale-while-revalidate'],
  [150, 'stale-while-revalidate'],
  [151, 'stale-if-error'],
  [600, 'stale-if-error'],
  [601, 'expired'],
])('at an age of %i ms an entry is %s', (ageMs, freshness) => {
  expect(freshnessOf(now - ageMs, now, policy)).toBe(freshness);
});

test('without grace periods an entry is fresh, then expired', () => {
  expect([100, 101].map((ageMs) => freshnessOf(now - ageMs, now, { freshMs: 100 }))).toEqual(['fresh', 'expired']);
});

describe('a time in the future', () => {
  test('is that of a clock a little ahead, up to 5 s', () => {
    expect(freshnessOf(now + 5000, now, policy)).toBe('fresh');
  });

  test('is not believed beyond, however long an entry would be fresh', () => {
    expect(freshnessOf(now + 5001, now, { ...policy, freshMs: Infinity })).toBe('stale-if-error');
    expect(freshnessOf(now + 5001, now, { freshMs: 100 })).toBe('expired');
  });
});

test.each([
  [100, true],
  [150, true],
  [600, true],
  [601, false],
])('at an age of %i ms, that it answers when the origin fails is %s', (ageMs, answers) => {
  expect(answersOnError(now - ageMs, now, policy)).toBe(answers);
});

test('the grace period of revalidation is none for errors', () => {
  expect(answersOnError(now - 120, now, { freshMs: 100, staleWhileRevalidateMs: 50 })).toBe(false);
});
