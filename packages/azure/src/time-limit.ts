import type { Clock } from './clock.ts';
import { AzureError } from './errors.ts';

export interface TimeLimit {
  clock: Clock;
  /** Milliseconds. */
  limitMs: number;
  /** What ends the action besides. */
  signals: readonly AbortSignal[];
}

/**
 * Runs `action` with a signal that aborts when time is up, or with one of `signals`. A failure under an aborted signal is
 * reported as the signal's reason: the SDK has an AbortError of its own that does not say why. What does not heed the
 * signal (a credential that waits for its token) is waited for no longer.
 */
export async function withTimeLimit<T>(
  { clock, limitMs, signals }: TimeLimit,
  action: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  const timer = clock.setTimeout(() => timeout.abort(timedOut(limitMs)), limitMs);
  const signal = AbortSignal.any([...signals, timeout.signal]);
  try {
    signal.throwIfAborted();
    return await Promise.race([action(signal), whenAborted(signal)]);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    clock.clearTimeout(timer);
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function timedOut(ms: number): AzureError {
  return new AzureError('TIMED_OUT', `Azure did not answer within ${Math.round(ms / 1000)} s`, {
    category: 'network',
    hint: 'Check the network, HTTPS_PROXY and NO_PROXY.',
  });
}
