import type { Part, PartKind, Vm } from './fleet.ts';

/**
 * The joined listing of a subscription as it is stored for `readFleetSync`: rows without names, words and tag sets that
 * repeat as numbers into tables, and ids only where they do not follow from the other members. It names the generation of
 * each part, so that an invalidated part makes the whole void.
 *
 * The start of a command is paid with memory and time for each row: what many rows share is made once and shared.
 */
export interface Projection {
  version: number;
  parts: [kind: PartKind, fetchedAt: number, generation: number][];
  /** Folded ids that only one of list and status named when both were fetched together: not worth fetching again. */
  settled: string[];
  words: string[];
  tags: Readonly<Record<string, string>>[];
  rows: ProjectedRow[];
}

/** A row; `Word` is a number into `words` or -1 for null, `Words` one whose word is a list joined by spaces. */
type ProjectedRow = [
  name: string,
  resourceGroup: Word,
  vmId: string | null,
  location: Word,
  size: Word,
  os: Word,
  powerState: Word,
  provisioningState: Word,
  publicIps: readonly string[] | null,
  privateIps: readonly string[] | null,
  adminUsername: Word,
  zones: Words,
  tags: number,
  timeCreated: string | null,
  unknown: Words,
  /** Only when it is not what the other members make. */
  id?: string,
];
type Word = number;
type Words = number;

/** Raised when the format changes: another version is not read. */
export const PROJECTION_VERSION = 1;

export function encodeProjection(
  vms: readonly Vm[],
  parts: readonly (Pick<Part, 'kind' | 'fetchedAt'> & { generation: number })[],
  settled: readonly string[],
): Projection {
  const words = new Table<string>();
  const tags = new Table<Readonly<Record<string, string>>>();
  const word = (text: string | null): Word => (text === null ? -1 : words.numberOf(text, text));
  const rows = vms.map((vm): ProjectedRow => {
    const row: ProjectedRow = [
      vm.name,
      word(vm.resourceGroup),
      vm.vmId,
      word(vm.location),
      word(vm.size),
      word(vm.os),
      word(vm.powerState),
      word(vm.provisioningState),
      vm.publicIps,
      vm.privateIps,
      word(vm.adminUsername),
      word(vm.zones && vm.zones.join(' ')),
      vm.tags === null ? -1 : tags.numberOf(JSON.stringify(vm.tags), vm.tags),
      vm.timeCreated,
      word(vm.unknown.join(' ')),
    ];
    if (vm.id !== idPrefix(vm.subscriptionId, vm.resourceGroup) + vm.name) row.push(vm.id);
    return row;
  });
  return {
    version: PROJECTION_VERSION,
    parts: parts.map((part) => [part.kind, part.fetchedAt, part.generation]),
    settled: [...settled],
    words: words.items,
    tags: tags.items,
    rows,
  };
}

export function decodeProjection(subscriptionId: string, { words, tags, rows }: Projection): Vm[] {
  const prefixes = words.map((word) => idPrefix(subscriptionId, word));
  const lists = words.map((word) => Object.freeze(word === '' ? [] : word.split(' ')));
  for (const set of tags) Object.freeze(set);
  const vms: Vm[] = [];
  for (const row of rows) {
    vms.push({
      id: row[15] ?? (prefixes[row[1]] ?? '') + row[0],
      vmId: row[2],
      name: row[0],
      resourceGroup: words[row[1]] ?? '',
      subscriptionId,
      location: words[row[3]] ?? null,
      size: words[row[4]] ?? null,
      os: words[row[5]] ?? null,
      powerState: words[row[6]] ?? 'unknown',
      provisioningState: words[row[7]] ?? 'unknown',
      publicIps: row[8],
      privateIps: row[9],
      adminUsername: words[row[10]] ?? null,
      zones: lists[row[11]] ?? null,
      tags: tags[row[12]] ?? null,
      timeCreated: row[13],
      unknown: lists[row[14]] ?? [],
    });
  }
  return vms;
}

/** The distinct items among those it was asked for. */
class Table<T> {
  readonly items: T[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(key: string, item: T): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.items.push(item) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}

function idPrefix(subscriptionId: string, resourceGroup: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachines/`;
}
