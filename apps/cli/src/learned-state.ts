import { createPrivateDirectorySync, readCheckedTextSync, writeAtomicSync } from '@azfleet/durable-file';
import type { Executor, ExecutorState } from '@azfleet/executor';
import { join } from 'node:path';
import type { Settings } from './settings/settings.ts';

const MAX_BYTES = 1_000_000;

/** What the executor learned in earlier commands of this context, about one kind of work (`azure`, `ssh`). */
export interface LearnedState {
  readonly state: ExecutorState | undefined;
  /** Keeps what it has learned by now. What cannot be kept is learned again. */
  keep(executor: Executor): void;
}

export function learnedState({ paths, context }: Settings, kind: 'azure' | 'ssh'): LearnedState {
  const suffix = kind === 'azure' ? '' : `${kind}-`;
  const file = join(paths.stateDirectory, `learned-${suffix}${encodeURIComponent(context ?? '')}.json`);
  return {
    state: readState(file),
    keep(executor) {
      try {
        createPrivateDirectorySync(paths.stateDirectory);
        writeAtomicSync(file, JSON.stringify(executor.state()), { fsync: false });
      } catch {
        // As above.
      }
    },
  };
}

/** The executor ignores what it cannot read of it. */
function readState(file: string): ExecutorState | undefined {
  const read = readCheckedTextSync(file, { maxBytes: MAX_BYTES });
  if (!read.ok) return undefined;
  try {
    return JSON.parse(read.text) as ExecutorState;
  } catch {
    return undefined;
  }
}
