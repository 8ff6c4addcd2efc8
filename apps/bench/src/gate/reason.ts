/** Why the gate is closed: one line for the person who has to do something about it. */
export interface Reason {
  readonly rule: 'slower' | 'counts' | 'budget' | 'missing' | 'incomplete';
  /** null: the whole file. */
  readonly benchmark: string | null;
  readonly text: string;
}
