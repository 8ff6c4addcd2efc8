import type { Fleet } from '@azfleet/azure';
import type { CommandContext } from '../command.ts';
import { formatAge } from '../duration.ts';
import type { ListedVm } from './columns.ts';

/** `12 machines: 9 running, 3 deallocated`, and how many a filter hid. */
export function countSummary(vms: readonly ListedVm[], total: number): string {
  const machines = vms.length === total ? plural(total) : `${vms.length} of ${plural(total)}`;
  const states = new Map<string, number>();
  for (const { powerState } of vms) states.set(powerState, (states.get(powerState) ?? 0) + 1);
  const byCount = [...states].toSorted(([, a], [, b]) => b - a).map(([state, count]) => `${count} ${state}`);
  return byCount.length === 0 ? machines : `${machines}: ${byCount.join(', ')}`;
}

function plural(count: number): string {
  return count === 1 ? '1 machine' : `${count} machines`;
}

/** Where the answer comes from and how old it is: `from the cache, 42 s old` or `from Azure, 4 calls`. */
function sourceSummary({ source, ageMs, stale, azureCalls, parts }: Omit<Fleet, 'vms'>, refreshing: boolean): string {
  const asked = `${azureCalls} ${azureCalls === 1 ? 'call' : 'calls'} to Azure`;
  const shared = parts.some((part) => part.source === 'peer');
  // Several that miss at once ask once: the others take that answer.
  const calls = shared && azureCalls === 0 ? 'just asked by another azfleet' : asked;
  if (source === 'azure') return calls;
  const age = `${formatAge(ageMs ?? 0)} old`;
  const from = source === 'mixed' ? `${calls}, the rest from the cache, up to ${age}` : `from the cache, ${age}`;
  const state = stale || refreshing ? `STALE, ${from}` : from;
  return refreshing ? `${state}, refreshing in the background` : state;
}

/** The line on stderr that says how many there are, where that comes from and how old it is. */
export function tellSummary(
  { io, stderrStyle }: CommandContext,
  count: string,
  fleet: Omit<Fleet, 'vms'>,
  refreshing: boolean,
): void {
  const summary = `${count} · ${sourceSummary(fleet, refreshing)}`;
  io.stderr.write(`${stderrStyle(fleet.stale || refreshing ? 'yellow' : 'dim', summary)}\n`);
}
