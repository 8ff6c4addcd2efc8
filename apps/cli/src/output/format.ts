import type { Arguments } from '../arguments.ts';
import { usageError } from '../errors.ts';

export type FormatName = 'table' | 'json' | 'ndjson' | 'csv' | 'tsv';

/** In what form the answer is wanted. */
export interface Format<Column> {
  readonly name: FormatName;
  readonly query: string | undefined;
  readonly columns: readonly Column[] | undefined;
}

/** @throws CliError (exit code 2) where a flag would be without effect, or a query is not JMESPath */
export async function readFormat<Column>(
  args: Arguments,
  chosenColumns: (list: string) => readonly Column[],
): Promise<Format<Column>> {
  const query = args.value('query');
  const columns = args.value('columns');
  // A query without a format prints JSON, as az does.
  const name = (args.value('output') ?? (query === undefined ? 'table' : 'json')) as FormatName;
  if (columns !== undefined && query !== undefined) {
    throw usageError('--columns and --query contradict each other', 'give one of them');
  }
  if (columns !== undefined && (name === 'json' || name === 'ndjson')) {
    throw usageError(`--columns has no effect on ${name}`, 'use --query to pick members');
  }
  if (query !== undefined) (await import('./query.ts')).checkQuery(query);
  return { name, query, columns: columns === undefined ? undefined : chosenColumns(columns) };
}
