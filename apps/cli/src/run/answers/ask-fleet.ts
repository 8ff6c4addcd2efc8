import type { CommandContext } from '../../command.ts';
import { findFleet } from '../../fleet/find-fleet.ts';
import { nothingFound } from '../../fleet/nothing-found.ts';
import { errorLines, fleetExitCode } from '../../fleet/outcome.ts';
import { missingLine } from '../../fleet/session-names.ts';
import { readFormat } from '../../output/format.ts';
import { locateAgain } from '../locate-again.ts';
import { exitCodeOf, summaryLine } from '../outcome.ts';
import { FailureLines } from '../output/failures.ts';
import { Labels } from '../output/labels.ts';
import { Printer } from '../output/printer.ts';
import { startProgress } from '../output/progress.ts';
import { readLimits } from '../run-flags.ts';
import { runOnFleet, type RunOutcome } from '../run-on-fleet.ts';
import { needSelection } from '../selection-needed.ts';
import { targetsOf } from '../targets.ts';
import { chosenAnswerColumns, machineColumns } from './answer-columns.ts';
import { AnswerSink, type Answer } from './answer-sink.ts';
import { printAnswers, rowsOf, type Answers } from './print-answers.ts';
import type { Question } from './question.ts';

/** What is printed of the answers. Default: all of them, machine by machine. */
export type Arrange<Item> = (answers: readonly Answer<Item>[], labels: Labels) => Answers<Item>;

/** A machine that takes longer to answer has other troubles. */
const COMMAND_MS = 30_000;

const everything = <Item>(answers: readonly Answer<Item>[], labels: Labels): Answers<Item> => ({
  answers,
  rows: rowsOf(answers, labels),
});

/** Asks the machines that are selected, and prints what they say. Resolves with the exit code. */
export async function askFleet<Item>(
  context: CommandContext,
  question: Question<Item>,
  arrange: Arrange<Item> = everything,
): Promise<number> {
  needSelection(context.args, question.program);
  const limits = readLimits(context.args);
  const format = await readFormat(context.args, chosenAnswerColumns([...machineColumns<Item>(), ...question.columns]));
  const found = await findFleet(context, { onlyFresh: true });
  if (found.vms.length === 0) throw nothingFound(found);
  for (const line of errorLines(found.fleet)) context.notice(`azfleet: ${line}`);
  for (const name of found.missing) context.notice(`azfleet: ${missingLine(name, found)}`);
  const labels = new Labels(found.vms);
  const progress = startProgress(context);
  const arranged = (): Answers<Item> => arrange(sink.answers(found.vms), labels);
  const sink = new AnswerSink(question, {
    print: async () => {
      progress.stop();
      await printAnswers(context, question, arranged(), format);
    },
    next: failuresAtTheEnd(progress.context, labels),
  });
  try {
    const outcome = await runOnFleet(progress.context, {
      settings: found.settings,
      targets: targetsOf(found.vms, found.fleet, found.settings),
      locate: locateAgain(progress.context, found),
      command: question.command,
      limits: { ...limits, commandMs: limits.commandMs ?? COMMAND_MS },
      sink,
      onProgress: (state) => progress.update(state),
    });
    const results = sink.answers(found.vms).map(({ result }) => result);
    tellCounts(context, question, arranged(), { ...outcome, results });
    const circumstances = { missing: found.missing.length, listing: fleetExitCode(found.fleet) };
    return exitCodeOf({ ...outcome, results }, circumstances);
  } finally {
    progress.stop();
  }
}

/** The table has the machines that did not answer; below it, once for all that failed alike, is why. */
function failuresAtTheEnd(context: CommandContext, labels: Labels): FailureLines {
  const printer = new Printer(context.io);
  return new FailureLines(context, { printer, labels, folded: true, exitCodes: true });
}

function tellCounts<Item>(
  { io, stderrStyle }: CommandContext,
  question: Question<Item>,
  answers: Answers<Item>,
  outcome: RunOutcome,
): void {
  io.stderr.write(`${[...countOf(question, answers), summaryLine(outcome, stderrStyle)].join(' · ')}\n`);
}

/** `7 users on 5 machines`; nothing where no machine answered, since that is not the same as none. */
function countOf<Item>({ nouns: [one, many] }: Question<Item>, { answers, rows }: Answers<Item>): string[] {
  const told = rows.filter(({ record }) => record !== undefined);
  const machines = new Set(told.map(({ result }) => result.machine));
  const answered = answers.filter(({ records }) => records !== undefined).length;
  if (answered === 0) return [];
  const on = machines.size === 0 ? answered : machines.size;
  return [
    `${told.length === 0 ? 'no' : told.length} ${told.length === 1 ? one : many} on ${on} machine${on === 1 ? '' : 's'}`,
  ];
}
