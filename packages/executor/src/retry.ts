import type { RetryOptions } from './options.ts';
import { invalidOption } from './errors.ts';
import { atLeast, wholeNumber } from './validate.ts';

export interface RetryPolicy {
  readonly retries: number;
  readonly throttledRetries: number;
  readonly baseMs: number;
  readonly maxMs: number;
  readonly when: (error: unknown, attempt: number) => boolean;
  readonly random: () => number;
}

export function retryPolicy(options: RetryOptions = {}, random: () => number = Math.random): RetryPolicy {
  const { retries = 0, throttledRetries = 10, baseMs = 100, maxMs = 30_000, when = () => true } = options;
  wholeNumber('retry.retries', retries, 0);
  wholeNumber('retry.throttledRetries', throttledRetries, 0);
  atLeast('retry.baseMs', baseMs, 0);
  atLeast('retry.maxMs', maxMs, 0);
  if (typeof when !== 'function') throw invalidOption('retry.when', 'a function', when);
  return { retries, throttledRetries, baseMs, maxMs, when, random };
}

/**
 * Exponential, with full jitter: uniform below a bound that doubles with each attempt. Of the usual variants it makes
 * the fewest calls until all are through (M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015).
 */
export function retryDelayMs(policy: RetryPolicy, attempts: number): number {
  return policy.random() * Math.min(policy.maxMs, policy.baseMs * 2 ** (attempts - 1));
}
