import type { Answer } from './answer-sink.ts';
import type { Question } from './question.ts';

/** Grows when a member changes its meaning. */
const SCHEMA_VERSION = 1;

/** The document that `-o json` prints and `--query` picks from. */
export function answerDocument<Item>(question: Question<Item>, answers: readonly Answer<Item>[]): object {
  return { schemaVersion: SCHEMA_VERSION, machines: answers.map((answer) => machineDocument(question, answer)) };
}

/** `null` where it is not known: a machine that did not answer has no list, and one with nothing to tell an empty one. */
export function machineDocument<Item>({ member }: Question<Item>, { result, records }: Answer<Item>): object {
  const { machine, status, reason, error } = result;
  return {
    name: machine.name,
    resourceGroup: machine.resourceGroup,
    subscriptionId: machine.subscriptionId,
    id: machine.id,
    status,
    reason: reason ?? null,
    error: error === undefined ? null : { code: error.code, message: error.message, hint: error.hint ?? null },
    [member]: records ?? null,
  };
}
