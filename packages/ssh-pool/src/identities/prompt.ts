/** A question for the person. */
export interface PassphraseQuestion {
  readonly kind: 'passphrase';
  /** The file of the key. */
  readonly path: string;
  /** 1, and up to 3 when the answers were wrong. */
  readonly attempt: number;
  /** The question in words. */
  readonly message: string;
}

/** Asks the person, without echoing the answer. `undefined`: they would rather not say. */
export type PassphrasePrompt = (question: PassphraseQuestion) => Promise<string | undefined>;
