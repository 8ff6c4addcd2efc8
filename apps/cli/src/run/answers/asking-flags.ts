import type { FlagTable } from '../../arguments.ts';
import { freshnessFlags, outputFlags, selectionFlags } from '../../flags.ts';
import { limitFlags } from '../run-flags.ts';
import type { Question } from './question.ts';

/** The flags of a command that asks all machines the same. */
export function askingFlags<Item>({ member, columns }: Question<Item>, own: FlagTable = {}): FlagTable {
  const names = ['name', 'group', 'status', ...columns.map(({ name }) => name)].join(', ');
  return {
    ...selectionFlags,
    ...own,
    ...limitFlags,
    timeout: { ...limitFlags['timeout']!, help: 'the longest that a machine may take to answer (default 30s)' },
    ...freshnessFlags,
    ...outputFlags,
    query: { ...outputFlags['query']!, help: `pick from the JSON, as in az: machines[?${member}].name` },
    columns: { ...outputFlags['columns']!, help: `columns of table, csv and tsv: ${names}` },
  };
}
