import type { CommandContext } from '../command.ts';
import type { FoundFleet } from '../fleet/find-fleet.ts';
import type { FreshTargets } from './fresh-places.ts';
import { targetsOf } from './targets.ts';

/** How to ask Azure where the machines of a listing are by now; `undefined` with `--offline`, which never asks. */
export function locateAgain(
  context: CommandContext,
  { request, settings }: Pick<FoundFleet, 'request' | 'settings'>,
): (() => Promise<FreshTargets>) | undefined {
  if (request.freshness.mode === 'offline') return undefined;
  const mode = request.freshness.mode === 'bypass' ? 'bypass' : 'refresh';
  // The machines' output and the line of progress are on the terminal: no spinner between them.
  const { io } = context;
  const silent = { ...context, io: { ...io, stderr: { ...io.stderr, isTerminal: false } } };
  return async () => {
    const { askAzure } = await import('../fleet/ask-azure.ts');
    const fleet = await askAzure(silent, { ...request, freshness: { mode, maxAgeMs: undefined } });
    const machines = fleet.vms.map((vm) => ({ ...vm, session: null }));
    return { ...targetsOf(machines, fleet, settings), isComplete: fleet.errors.length === 0 };
  };
}
