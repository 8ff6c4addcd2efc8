import type { AnswerColumn } from './answer-columns.ts';

/** Something that every machine is asked, and whose answer is read: who is on, what runs. */
export interface Question<Item> {
  /** What answers it over there, for messages: `w`. */
  readonly program: string;
  readonly command: string;
  /** What is printed there, as records; `undefined` where it is not understood. */
  parse(output: string): readonly Item[] | undefined;
  /** The member of a machine in JSON that has its records: `users`. */
  readonly member: string;
  /** One of them, and several. */
  readonly nouns: readonly [one: string, many: string];
  readonly columns: readonly AnswerColumn<Item>[];
  /** The columns of an ordinary table, besides those that tell the machine. */
  readonly shown: readonly string[];
}
