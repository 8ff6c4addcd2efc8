import { describe, expect, test } from 'vitest';
import { Executor, ExecutorError, type ExecutorOptions, type MapOptions, type RetryOptions } from '../src/index.ts';

test.each([
  [{ maxConcurrency: 0 }, 'Expected `maxConcurrency` to be a whole number of at least 1, got 0.'],
  [{ maxConcurrency: Number.NaN }, 'Expected `maxConcurrency` to be a whole number of at least 1, got NaN.'],
  [{ maxConcurrency: Infinity }, 'Expected `maxConcurrency` to be a whole number of at least 1, got Infinity.'],
  [{ random: 4 }, 'Expected `random` to be a function, got 4.'],
  [{ utilization: 'half' }, 'Expected `utilization` to be a function, got "half".'],
])('new Executor(%o)', (options, message) => {
  expect(() => new Executor(options as unknown as ExecutorOptions)).toThrow(message);
});

describe('map, before anything starts', () => {
  test.each([
    [{ order: 'random' }, "Expected `order` to be 'completion' or 'input', got \"random\"."],
    [{ lane: 'a' }, 'Expected `lane` to be a function, got "a".'],
    [{ laneConcurrency: 0 }, 'Expected `laneConcurrency` to be a whole number of at least 1, got 0.'],
    [{ deadlineMs: -1 }, 'Expected `deadlineMs` to be a number above 0, got -1.'],
    [{ maxBuffered: 0.5 }, 'Expected `maxBuffered` to be a whole number of at least 1, got 0.5.'],
    [{ total: -1 }, 'Expected `total` to be a whole number of at least 0, got -1.'],
    [
      { timeouts: { connectMs: 'fast' } },
      'Expected `timeouts.connectMs` to be a number above 0 or \'adaptive\', got "fast".',
    ],
    [{ timeouts: { connectMs: 0 } }, 'Expected `timeouts.connectMs` to be a number above 0, got 0.'],
    [{ timeouts: { runMs: Number.NaN } }, 'Expected `timeouts.runMs` to be a number above 0, got NaN.'],
    [{ retry: { retries: -1 } }, 'Expected `retry.retries` to be a whole number of at least 0, got -1.'],
    [{ retry: { when: true } }, 'Expected `retry.when` to be a function, got true.'],
    [{ retry: { baseMs: -1 } }, 'Expected `retry.baseMs` to be a number of at least 0, got -1.'],
    [{ halt: { fail: '200%' } }, "Expected `halt.fail` to be a share above '0%' and up to '100%', got \"200%\"."],
    [{ halt: { fail: '0%' } }, "Expected `halt.fail` to be a share above '0%' and up to '100%', got \"0%\"."],
    [{ halt: { fail: 0 } }, 'Expected `halt.fail` to be a whole number of at least 1, got 0.'],
    [{ halt: { fail: [] } }, 'Expected `halt.fail` to be a number or a share, got an empty array.'],
    [{ halt: { when: 'later' } }, "Expected `halt.when` to be 'soon' or 'now', got \"later\"."],
    [{ halt: { critical: {} } }, 'Expected `halt.critical` to be a function, got an object.'],
    [{ waves: [] }, 'Expected `waves` to be an array of at least one size, got an empty array.'],
    [{ waves: '10%' }, 'Expected `waves` to be an array of at least one size, got "10%".'],
    [{ waves: [1, 0] }, 'Expected `waves[1]` to be a whole number of at least 1, got 0.'],
    [{ waves: [1, '101%'] }, "Expected `waves[1]` to be a share above '0%' and up to '100%', got \"101%\"."],
    [{ onEvent: 1 }, 'Expected `onEvent` to be a function, got 1.'],
  ])('%o', (options, message) => {
    const executor = new Executor();
    expect(() => executor.map([1], () => 1, options as unknown as MapOptions<number>)).toThrow(message);
  });

  test.each([[null], [undefined], [7], [{}]])('an input that is no iterable: %o', (input) => {
    expect(() => new Executor().map(input as number[], () => 1)).toThrow(
      /^Expected `input` to be an iterable or an async iterable, got /,
    );
  });
});

test('run throws at once, too', () => {
  const retry = { throttledRetries: 1.5 } as RetryOptions;
  expect(() => new Executor().run('a', () => 1, { retry })).toThrow(
    'Expected `retry.throttledRetries` to be a whole number',
  );
});

test('the error is one of this package, with a code and a hint', () => {
  const error: unknown = (() => {
    try {
      return new Executor({ maxConcurrency: 0 });
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(ExecutorError);
  expect(error).toMatchObject({
    name: 'ExecutorError',
    code: 'EXECUTOR_INVALID_OPTION',
    hint: 'Give `maxConcurrency` as a whole number of at least 1.',
  });
});
