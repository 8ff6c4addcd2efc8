import type { Vm } from '@azfleet/azure';
import { usageError } from '../errors.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { TableColumn } from '../output/table.ts';
import type { StyleName } from '../output/style.ts';

/** A machine as the command line shows it: the inventory's record and the name that a session gives it. */
export interface ListedVm extends Vm {
  readonly session: string | null;
}

/** A column of `list`: how it is named, and how a machine's value reads. */
export interface FleetColumn extends Pick<TableColumn, 'header' | 'dropOrder' | 'leastWidth'> {
  readonly name: string;
  /** The member of the JSON record it shows: what `unknown` refers to. */
  readonly member: keyof ListedVm;
  readonly text: (vm: ListedVm) => string | null;
}

const UNKNOWN = '?';
const ABSENT = '-';

function column(
  name: string,
  member: keyof ListedVm,
  header: string,
  layout: { dropOrder: number; leastWidth?: number },
  text: (vm: ListedVm) => string | null,
): FleetColumn {
  return { name, member, header, dropOrder: layout.dropOrder, leastWidth: layout.leastWidth ?? 8, text };
}

function joined(values: readonly string[] | null): string | null {
  if (values === null || values.length === 0) return null;
  return values.length === 1 ? values[0]! : values.join(' ');
}

const COLUMNS: readonly FleetColumn[] = [
  column('name', 'name', 'NAME', { dropOrder: 0, leastWidth: 10 }, (vm) => vm.name),
  column('session', 'session', 'SESSION', { dropOrder: 6 }, (vm) => vm.session),
  column('state', 'powerState', 'STATE', { dropOrder: 1, leastWidth: 9 }, (vm) => vm.powerState),
  column('public-ip', 'publicIps', 'PUBLIC IP', { dropOrder: 2, leastWidth: 15 }, (vm) => joined(vm.publicIps)),
  column('private-ip', 'privateIps', 'PRIVATE IP', { dropOrder: 4, leastWidth: 15 }, (vm) => joined(vm.privateIps)),
  column('size', 'size', 'SIZE', { dropOrder: 7 }, (vm) => vm.size),
  column('location', 'location', 'LOCATION', { dropOrder: 5 }, (vm) => vm.location),
  column('group', 'resourceGroup', 'GROUP', { dropOrder: 3 }, (vm) => vm.resourceGroup),
  column('subscription', 'subscriptionId', 'SUBSCRIPTION', { dropOrder: 8 }, (vm) => vm.subscriptionId),
  column('tags', 'tags', 'TAGS', { dropOrder: 9, leastWidth: 12 }, (vm) => tagText(vm.tags)),
  column('os', 'os', 'OS', { dropOrder: 6 }, (vm) => vm.os),
  column('provisioning', 'provisioningState', 'PROVISIONING', { dropOrder: 6 }, (vm) => vm.provisioningState),
  column('user', 'adminUsername', 'USER', { dropOrder: 6 }, (vm) => vm.adminUsername),
  column('zones', 'zones', 'ZONES', { dropOrder: 6 }, (vm) => joined(vm.zones)),
  column('created', 'timeCreated', 'CREATED', { dropOrder: 6 }, (vm) => vm.timeCreated),
  column('vm-id', 'vmId', 'VM ID', { dropOrder: 8 }, (vm) => vm.vmId),
  column('id', 'id', 'ID', { dropOrder: 8 }, (vm) => vm.id),
];

/** The names that `--columns` takes, besides `tag:KEY`. */
const COLUMN_NAMES = COLUMNS.map(({ name }) => name);

const DEFAULT = ['name', 'state', 'public-ip', 'private-ip', 'size', 'location', 'group', 'tags'];

/** The columns of an ordinary `list`: those that tell something in this fleet. */
export function defaultColumns(vms: readonly ListedVm[]): FleetColumn[] {
  const names = [...DEFAULT];
  if (vms.some((vm) => vm.session !== null)) names.splice(1, 0, 'session');
  if (vms.some((vm) => vm.subscriptionId !== vms[0]!.subscriptionId)) names.splice(-1, 0, 'subscription');
  return names.map(columnNamed);
}

function columnNamed(name: string): FleetColumn {
  return COLUMNS.find((known) => known.name === name)!;
}

/** Reads `--columns name,state,tag:env`; a JSON member's name (`powerState`) is understood too. @throws CliError */
export function chosenColumns(list: string): FleetColumn[] {
  return list.split(',').map((entry) => chosenColumn(entry.trim()));
}

function chosenColumn(name: string): FleetColumn {
  if (name.startsWith('tag:') && name.length > 4) return tagColumn(name.slice(4));
  const wanted = name.toLowerCase();
  const found = COLUMNS.find((known) => known.name === wanted || known.member.toLowerCase() === wanted);
  if (found !== undefined) return found;
  const near = didYouMean(name, [...COLUMN_NAMES, ...COLUMNS.map(({ member }) => member)]);
  throw usageError(`--columns: unknown column '${name}'`, near ?? `known: ${COLUMN_NAMES.join(', ')}, tag:KEY`);
}

function tagColumn(key: string): FleetColumn {
  const text = (vm: ListedVm): string | null => tagValue(vm, key) ?? null;
  return column(`tag:${key}`, 'tags', key.toUpperCase(), { dropOrder: 6 }, text);
}

/** Azure's tag names are case-insensitive, its tag values are not. */
export function tagValue(vm: Pick<Vm, 'tags'>, key: string): string | undefined {
  const wanted = key.toLowerCase();
  return Object.entries(vm.tags ?? {}).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

// Machines that come from one projection share the objects of equal tags.
const tagTexts = new WeakMap<object, string>();

function tagText(tags: Readonly<Record<string, string>> | null): string | null {
  if (tags === null) return null;
  let text = tagTexts.get(tags);
  if (text === undefined) {
    text = Object.entries(tags)
      .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
      .join(' ');
    tagTexts.set(tags, text);
  }
  return text === '' ? null : text;
}

const STATE_STYLES: Readonly<Record<string, StyleName>> = {
  running: 'green',
  starting: 'yellow',
  stopping: 'yellow',
  deallocating: 'yellow',
  stopped: 'red',
  deallocated: 'dim',
  unknown: 'yellow',
};

/** A column of a table of machines: `?` where a value is not known, `-` where there is none. */
export function tableColumn(column: FleetColumn, vms: readonly ListedVm[]): TableColumn {
  const { header, dropOrder, leastWidth, member } = column;
  const cells = vms.map((vm) => (isUnknown(vm, member) ? UNKNOWN : (column.text(vm) ?? ABSENT)));
  return { header, dropOrder, leastWidth, cells, styleOf: (row) => cellStyle(vms[row]!, column) };
}

function cellStyle(vm: ListedVm, column: FleetColumn): StyleName | undefined {
  if (column.member === 'powerState') return stateStyle(vm);
  if (isUnknown(vm, column.member)) return 'yellow';
  if (column.text(vm) === null) return 'dim';
  return column.member === 'name' ? 'bold' : undefined;
}

/** A machine's field for csv and tsv: empty where there is no value, `?` where it is not known. */
export function fieldText(vm: ListedVm, { member, text }: FleetColumn): string {
  return isUnknown(vm, member) ? UNKNOWN : (text(vm) ?? '');
}

/** A state that is not known is a word of its own. */
export function isUnknown(vm: ListedVm, member: keyof ListedVm): boolean {
  return vm.unknown.length > 0 && member !== 'powerState' && vm.unknown.includes(member);
}

export function stateStyle(vm: ListedVm): StyleName | undefined {
  return STATE_STYLES[vm.powerState];
}
