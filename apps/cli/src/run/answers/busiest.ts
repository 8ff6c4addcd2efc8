import type { AnswerRow } from './answer-columns.ts';
import type { Answer } from './answer-sink.ts';
import type { Arrange } from './ask-fleet.ts';
import { rowsOf } from './print-answers.ts';
import { processes, type RemoteProcess } from './processes.ts';
import type { Question } from './question.ts';

/** Of each machine no more than could be shown is kept: the busiest of all are among the busiest of each. */
export function busiestOfEach(count: number): Question<RemoteProcess> {
  const parse = (output: string): readonly RemoteProcess[] | undefined =>
    processes.parse(output)?.toSorted(byCpu).slice(0, count);
  return { ...processes, parse };
}

/** The `count` processes with the most CPU of all machines together; what did not answer is behind them. */
export function busiest(count: number): Arrange<RemoteProcess> {
  return (answers, labels) => {
    const rows = rowsOf(answers, labels);
    const told = rows.filter((row): row is Told => row.record !== undefined);
    const shown = told.toSorted((a, b) => byCpu(a.record, b.record)).slice(0, count);
    return {
      answers: onlyShown(answers, new Set(shown.map(({ record }) => record))),
      rows: [...shown, ...rows.filter(({ record }) => record === undefined)],
    };
  };
}

type Told = AnswerRow<RemoteProcess> & { readonly record: RemoteProcess };

/** Where CPU is the same, more memory comes first. */
function byCpu(a: RemoteProcess, b: RemoteProcess): number {
  return b.cpuPercent - a.cpuPercent || b.rssBytes - a.rssBytes;
}

function onlyShown(
  answers: readonly Answer<RemoteProcess>[],
  shown: ReadonlySet<RemoteProcess>,
): readonly Answer<RemoteProcess>[] {
  return answers.map(({ result, records }) => ({ result, records: records?.filter((record) => shown.has(record)) }));
}
