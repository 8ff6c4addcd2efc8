import type { Clock } from '@azfleet/azure-sim';
import { join } from 'node:path';
import type { RunOptions } from './azfleet.ts';

/** A time for a simulator and for processes that begin now; it can be moved on, and never goes back. */
export interface VirtualClock {
  readonly clock: Clock;
  /** Lets a process begin at this time. */
  options(): RunOptions;
  moveTo(ms: number): void;
}

export function virtualClock(): VirtualClock {
  let aheadMs = 0;
  const now = (): number => Date.now() + aheadMs;
  return {
    clock: {
      now,
      setTimeout: (callback, ms) => setTimeout(callback, ms),
      clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
    },
    options: () => ({
      node: ['--require', join(import.meta.dirname, 'clock.cjs')],
      env: { AZFLEET_BENCH_NOW: String(now()) },
    }),
    moveTo: (ms) => {
      aheadMs += Math.max(0, ms - now());
    },
  };
}
