import type { CommandContext } from '../../command.ts';
import { renderCsv, renderTsv } from '../../output/delimited.ts';
import type { Format } from '../../output/format.ts';
import { safeForTerminal } from '../../output/terminal-text.ts';
import type { Labels } from '../output/labels.ts';
import { machineColumns, type AnswerColumn, type AnswerRow } from './answer-columns.ts';
import { answerDocument, machineDocument } from './answer-json.ts';
import type { Answer } from './answer-sink.ts';
import { answerTable } from './answer-table.ts';
import type { Question } from './question.ts';

/** What is printed: the answers of all machines, and the rows that they make. */
export interface Answers<Item> {
  readonly answers: readonly Answer<Item>[];
  /** The records, in the order in which they are shown. */
  readonly rows: readonly AnswerRow<Item>[];
}

/** Writes the answers to stdout in the form that was asked for. */
export async function printAnswers<Item>(
  context: CommandContext,
  question: Question<Item>,
  { answers, rows }: Answers<Item>,
  format: Format<AnswerColumn<Item>>,
): Promise<void> {
  const { stdout } = context.io;
  if (format.query !== undefined) {
    const { printQuery } = await import('../../output/query.ts');
    return printQuery(context, format.name, format.query, answerDocument(question, answers));
  }
  const text = render(context, question, { answers, rows }, format);
  stdout.write(stdout.isTerminal ? safeForTerminal(format.name, text) : text);
}

function render<Item>(
  { io, style }: CommandContext,
  question: Question<Item>,
  { answers, rows }: Answers<Item>,
  format: Format<AnswerColumn<Item>>,
): string {
  if (format.name === 'json') return `${JSON.stringify(answerDocument(question, answers), null, 2)}\n`;
  if (format.name === 'ndjson') {
    return answers.map((answer) => `${JSON.stringify(machineDocument(question, answer))}\n`).join('');
  }
  const columns = format.columns ?? defaultColumns(question, format.name === 'table' ? rows : undefined);
  // Without the status a machine that did not answer would look like one with nothing to tell.
  const shown = columns.some(({ name }) => name === 'status')
    ? rows
    : rows.filter(({ record }) => record !== undefined);
  if (format.name === 'table') return answerTable(columns, shown, { style, maxWidth: io.stdout.columns });
  const fields = shown.map((row) => columns.map(({ text, field }) => field?.(row) ?? text(row) ?? ''));
  return format.name === 'csv'
    ? renderCsv(
        columns.map(({ name }) => name),
        fields,
      )
    : renderTsv(fields);
}

/** A table tells the status only where it is not the same for all; what a program reads has always the same columns. */
function defaultColumns<Item>(
  { columns, shown }: Question<Item>,
  rows: readonly AnswerRow<Item>[] | undefined,
): AnswerColumn<Item>[] {
  const withStatus = rows === undefined || rows.some(({ record }) => record === undefined);
  const names = ['name', ...(withStatus ? ['status'] : []), ...shown];
  const known = [...machineColumns<Item>(), ...columns];
  return names.map((wanted) => known.find(({ name }) => name === wanted)!);
}

/** The rows of all machines in the order of the fleet: those that did not answer have one that says so. */
export function rowsOf<Item>(answers: readonly Answer<Item>[], labels: Labels): AnswerRow<Item>[] {
  return answers.flatMap(({ result, records }): AnswerRow<Item>[] => {
    const label = labels.of(result.machine);
    if (records !== undefined) return records.map((record) => ({ label, result, record }));
    return result.status === 'skipped' ? [] : [{ label, result, record: undefined }];
  });
}
