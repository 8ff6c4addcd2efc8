import { didYouMean } from '../../did-you-mean.ts';
import { usageError } from '../../errors.ts';
import type { StyleName } from '../../output/style.ts';
import type { TableColumn } from '../../output/table.ts';
import type { MachineResult } from '../machine-result.ts';

/** A record of a machine; or none, in the row that says why there is none. */
export interface AnswerRow<Item> {
  /** What the machine is called. */
  readonly label: string;
  readonly result: MachineResult;
  readonly record: Item | undefined;
}

/** A column of `w` or `ps`: how it is named, and how a row reads. */
export interface AnswerColumn<Item> extends Pick<TableColumn, 'header' | 'dropOrder' | 'leastWidth'> {
  readonly name: string;
  /** The member of the JSON record that it shows, which `--columns` understands too. */
  readonly member: string;
  /** For a person. */
  readonly text: (row: AnswerRow<Item>) => string | null;
  /** For csv and tsv, where it differs: numbers without units. */
  readonly field: ((row: AnswerRow<Item>) => string | null) | undefined;
  readonly isNumber: boolean;
  /** It is cut before any other is, and takes what they leave. */
  readonly takesRest: boolean;
  readonly style: ((row: AnswerRow<Item>) => StyleName | undefined) | undefined;
}

type Layout<Item> = Partial<Omit<AnswerColumn<Item>, 'name' | 'member' | 'header' | 'text' | 'field'>>;

/** A column with a value of the record; `undefined` and `null` are none. */
export function recordColumn<Item>(
  [name, member, header]: readonly [name: string, member: string & keyof Item, header: string],
  layout: Layout<Item>,
  text: (record: Item) => string | null = (record) => valueText(record[member]),
): AnswerColumn<Item> {
  const ofRecord =
    (read: (record: Item) => string | null) =>
    ({ record }: AnswerRow<Item>): string | null =>
      record === undefined ? null : read(record);
  return column(
    name,
    member,
    header,
    layout,
    ofRecord(text),
    ofRecord((record) => valueText(record[member])),
  );
}

function valueText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function column<Item>(
  name: string,
  member: string,
  header: string,
  layout: Layout<Item>,
  text: (row: AnswerRow<Item>) => string | null,
  field?: (row: AnswerRow<Item>) => string | null,
): AnswerColumn<Item> {
  const plain = { dropOrder: 0, leastWidth: 8, isNumber: false, takesRest: false, style: undefined };
  return { ...plain, ...layout, name, member, header, text, field };
}

/** The columns that tell the machine. */
export function machineColumns<Item>(): AnswerColumn<Item>[] {
  return [
    column('name', 'name', 'NAME', { leastWidth: 10, style: () => 'bold' }, ({ label }) => label),
    column('group', 'resourceGroup', 'GROUP', { dropOrder: 8 }, ({ result }) => result.machine.resourceGroup),
    column(
      'subscription',
      'subscriptionId',
      'SUBSCRIPTION',
      { dropOrder: 9 },
      ({ result }) => result.machine.subscriptionId,
    ),
    column('id', 'id', 'ID', { dropOrder: 9 }, ({ result }) => result.machine.id),
    column('status', 'status', 'STATUS', { leastWidth: 11, style: statusStyle }, ({ result }) => result.status),
  ];
}

function statusStyle({ result }: AnswerRow<unknown>): StyleName | undefined {
  return result.status === 'ok' ? undefined : 'red';
}

/** Reads `--columns name,user,idle`; a JSON member's name is understood too. @throws CliError */
export function chosenAnswerColumns<Item>(
  known: readonly AnswerColumn<Item>[],
): (list: string) => AnswerColumn<Item>[] {
  const find = (name: string): AnswerColumn<Item> => {
    const wanted = name.toLowerCase();
    const found =
      known.find((column) => column.name === wanted) ?? known.find(({ member }) => member.toLowerCase() === wanted);
    if (found !== undefined) return found;
    const near = didYouMean(
      name,
      known.flatMap((column) => [column.name, column.member]),
    );
    const names = known.map((column) => column.name).join(', ');
    throw usageError(`--columns: unknown column '${name}'`, near ?? `known: ${names}`);
  };
  return (list) => list.split(',').map((entry) => find(entry.trim()));
}
