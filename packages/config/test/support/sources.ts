import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { LoadEvent } from '../../src/index.ts';

/** Runs `action` and returns where the loads in it took their values from. */
export async function sourcesOf(action: () => unknown): Promise<LoadEvent['from'][]> {
  const sources: LoadEvent['from'][] = [];
  const listener = (event: unknown): void => void sources.push((event as LoadEvent).from);
  subscribe('azfleet:config:load', listener);
  try {
    await action();
  } finally {
    unsubscribe('azfleet:config:load', listener);
  }
  return sources;
}
