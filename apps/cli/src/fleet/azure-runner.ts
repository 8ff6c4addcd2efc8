import type { CallRunner } from '@azfleet/azure';
import { Executor } from '@azfleet/executor';
import type { Clock } from '../io.ts';
import { learnedState } from '../learned-state.ts';
import type { Settings } from '../settings/settings.ts';

/** A call that Azure refuses this often, or for this long, is not repeated: the last answer, marked, is worth more then. */
const REFUSALS = 4;
export const LONGEST_WAIT_MS = 120_000;

/** Runs the calls to Azure on the executor, which paces each subscription by what Azure says of it. */
export interface AzureRunner extends CallRunner {
  /** Keeps what was learned about the subscriptions, for the next command in this context. */
  keep(): void;
}

export function createAzureRunner(settings: Settings, clock: Clock): AzureRunner {
  const learned = learnedState(settings, 'azure');
  const { state } = learned;
  const executor = new Executor({ clock, ...(state === undefined ? {} : { state }) });
  return {
    run: (lane, call, { signal } = {}) =>
      executor.run(
        lane,
        (context) =>
          call({
            signal: context.signal,
            attempt: context.attempt,
            remaining: (count) => context.remaining(count),
            throttled(info) {
              if ((info.retryAfterMs ?? 0) <= LONGEST_WAIT_MS) context.throttled(info);
            },
          }),
        { retry: { throttledRetries: REFUSALS }, ...(signal === undefined ? {} : { signal }) },
      ),
    keep: () => learned.keep(executor),
  };
}
