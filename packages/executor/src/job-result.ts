import type { Job, Outcome } from './job.ts';
import type { Result } from './result.ts';

/** What is told of a job that is done. */
export function resultOf<I, T>(job: Job, outcome: Outcome, now: number): Result<I, T> {
  const { index, attempts } = job;
  const item = job.item as I;
  const lane = job.lane.name;
  const elapsedMs = attempts === 0 ? 0 : now - job.firstStartedAt;
  // Written out twice: to spread what is common takes longer than all else that is done for a result.
  if (outcome.status === 'ok') {
    return { status: 'ok', item, index, lane, attempts, elapsedMs, value: outcome.value as T };
  }
  return { status: outcome.status, item, index, lane, attempts, elapsedMs, error: outcome.error };
}
