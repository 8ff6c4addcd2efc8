import type { PartKind } from './fleet.ts';
import { foldId } from './ids.ts';
import { byId } from './join.ts';
import type { PartResult, PartResults } from './part-fetcher.ts';

/**
 * Which answers do not fit together because they were fetched at different times, and so are fetched again. Answers
 * that were fetched together and still differ are Azure's last word, and nothing is fetched again for them.
 */

/**
 * A machine that only the list or only the status names was created or deleted between the two. A new one comes with an
 * interface and perhaps an address that are not in the older answers either.
 */
export function machinesToRefetch(parts: PartResults, settled: ReadonlySet<string>): PartKind[] {
  const list = current(parts['vm-list']);
  const status = current(parts['vm-status']);
  if (list === undefined || status === undefined || list.startedAt === status.startedAt) return [];
  const { listOnly, statusOnly } = unmatchedIds(list.items, status.items);
  const isNew = (id: string): boolean => !settled.has(id);
  if (statusOnly.some(isNew)) return ['vm-list', 'vm-status', ...addressParts(parts)];
  return listOnly.some(isNew) ? ['vm-list', 'vm-status'] : [];
}

/** An interface that a machine names and an older answer lacks. */
export function nicsToRefetch(parts: PartResults): PartKind[] {
  const list = current(parts['vm-list']);
  const nics = current(parts.nic);
  if (list === undefined || nics === undefined || nics.startedAt >= list.startedAt) return [];
  const known = byId(nics.items);
  const isMissing = list.items.some((machine) => machine.nics.some((id) => !known.has(foldId(id))));
  return isMissing ? addressParts(parts) : [];
}

/** A public address that an interface names and an older answer lacks. */
export function publicIpsToRefetch(parts: PartResults): PartKind[] {
  const nics = current(parts.nic);
  const publicIps = current(parts['public-ip']);
  if (nics === undefined || publicIps === undefined || publicIps.startedAt >= nics.startedAt) return [];
  const known = byId(publicIps.items);
  const isMissing = nics.items.some((nic) => nic.publicIpIds.some((id) => !known.has(foldId(id))));
  return isMissing ? ['public-ip'] : [];
}

/** Folded ids that list and status, fetched together, do not agree on: it is of no use to fetch them again for these. */
export function settledIds(parts: PartResults, before: ReadonlySet<string>): string[] {
  const list = current(parts['vm-list']);
  const status = current(parts['vm-status']);
  if (list === undefined || status === undefined) return [];
  const { listOnly, statusOnly } = unmatchedIds(list.items, status.items);
  const unmatched = [...listOnly, ...statusOnly];
  return list.startedAt === status.startedAt ? unmatched : unmatched.filter((id) => before.has(id));
}

function unmatchedIds(
  listed: readonly { id: string }[],
  statuses: readonly { id: string }[],
): { listOnly: string[]; statusOnly: string[] } {
  const inList = new Set(listed.map((machine) => foldId(machine.id)));
  const inStatus = new Set(statuses.map((status) => foldId(status.id)));
  return {
    listOnly: [...inList].filter((id) => !inStatus.has(id)),
    statusOnly: [...inStatus].filter((id) => !inList.has(id)),
  };
}

function addressParts(parts: PartResults): PartKind[] {
  return (['nic', 'public-ip'] as const).filter((kind) => current(parts[kind]) !== undefined);
}

/** A stale answer is not compared: Azure cannot be asked now, or a refresh is under way. */
function current<K extends PartKind>(part: PartResult<K>): NonNullable<PartResult<K>['answer']>['value'] | undefined {
  return part.answer === undefined || part.answer.stale ? undefined : part.answer.value;
}
