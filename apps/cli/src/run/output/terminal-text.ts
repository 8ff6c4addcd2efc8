import { StringDecoder } from 'node:string_decoder';
import width from 'fast-string-truncated-width';
import { visible } from '../../output/terminal-text.ts';

/** A colour or another rendition (ECMA-48, SGR), or a tab. */
const PASSING = /\u001b\[[0-9;:]{0,64}m|\t/g; // oxlint-disable-line no-control-regex -- controls are what it looks for
/** The start of what may become an SGR or a line end. */
const UNFINISHED = /(?:\r|\u001b(?:\[[0-9;:]{0,64})?)$/; // oxlint-disable-line no-control-regex
const RESETS = /\[0*m$/;
const RESET = '\u001b[0m';
const TAB_STOP = 8;

/**
 * What a machine writes, as a terminal may have it: controls become visible, tabs become spaces up to the next stop of
 * eight, a CR at a line's end is dropped. Colours (SGR) pass, where colours are wanted, and end with their line.
 */
export class TerminalText {
  readonly #colours: boolean;
  readonly #decoder = new StringDecoder('utf8');
  #held = '';
  #column = 0;
  #isColoured = false;

  constructor(colours: boolean) {
    this.#colours = colours;
  }

  /** A piece of the output; it may end anywhere, in the middle of a character too. */
  add(bytes: Uint8Array): string {
    const text = this.#held + this.#decoder.write(bytes);
    const end = UNFINISHED.exec(text)?.index ?? text.length;
    this.#held = text.slice(end);
    return this.#lines(text.slice(0, end));
  }

  /** What was held back, and the end of colours. */
  end(): string {
    const rest = this.#held + this.#decoder.end();
    this.#held = '';
    return this.#lines(rest) + this.#endOfLine();
  }

  #lines(text: string): string {
    const lines = text.split('\n');
    const last = lines.pop()!;
    return (
      lines.map((line) => `${this.#part(line.replace(/\r$/, ''))}${this.#endOfLine()}\n`).join('') + this.#part(last)
    );
  }

  #part(text: string): string {
    let safe = '';
    let from = 0;
    for (const { 0: passing, index } of text.matchAll(PASSING)) {
      safe += this.#plain(text.slice(from, index)) + (passing === '\t' ? this.#tab() : this.#rendition(passing));
      from = index + passing.length;
    }
    return safe + this.#plain(text.slice(from));
  }

  #plain(text: string): string {
    const safe = visible(text);
    this.#column += width(safe).width;
    return safe;
  }

  #tab(): string {
    const spaces = TAB_STOP - (this.#column % TAB_STOP);
    this.#column += spaces;
    return ' '.repeat(spaces);
  }

  #rendition(sequence: string): string {
    if (!this.#colours) return '';
    this.#isColoured = !RESETS.test(sequence);
    return sequence;
  }

  #endOfLine(): string {
    const reset = this.#isColoured ? RESET : '';
    this.#isColoured = false;
    this.#column = 0;
    return reset;
  }
}
