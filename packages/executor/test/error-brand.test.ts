import { expect, test, vi } from 'vitest';
import { ExecutorError } from '../src/index.ts';

test('instanceof holds across two copies of the package', async () => {
  vi.resetModules();
  const copy = await import('../src/index.ts');
  expect(copy.ExecutorError).not.toBe(ExecutorError);
  const error = new copy.ExecutorError('EXECUTOR_STOPPED', 'message', 'hint');
  expect(error).toBeInstanceOf(ExecutorError);
  expect(error).toBeInstanceOf(Error);
  expect(new Error('other')).not.toBeInstanceOf(ExecutorError);
  expect(null).not.toBeInstanceOf(ExecutorError);
});
