import type { Io, Output } from '../../io.ts';

const CLEAR_LINE = '\r\u001b[K';

/**
 * A terminal with one line at its bottom that is drawn again and again, while everything else is written above it:
 * what goes through `stdout` and `stderr` clears the line first, and is written in the order of the calls.
 */
export class Screen {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly #terminal: Output;
  #writing: Promise<void> = Promise.resolve();
  #underWay = 0;
  #isDrawn = false;
  #isAtStartOfLine = true;

  /** stderr is a terminal; stdout may be the same one, or none. */
  constructor({ stdout, stderr }: Pick<Io, 'stdout' | 'stderr'>) {
    this.#terminal = stderr;
    this.stdout = stdout.isTerminal ? this.#above(stdout) : stdout;
    this.stderr = this.#above(stderr);
  }

  /** Draws the line, unless something is just being written, or has not yet ended its own line. */
  draw(line: string): void {
    if (this.#underWay > 0 || !this.#isAtStartOfLine) return;
    this.#terminal.write(`${CLEAR_LINE}${line}`);
    this.#isDrawn = true;
  }

  clear(): void {
    if (this.#isDrawn) this.#terminal.write(CLEAR_LINE);
    this.#isDrawn = false;
  }

  #above(output: Output): Output {
    return {
      isTerminal: output.isTerminal,
      get columns() {
        return output.columns;
      },
      get isClosed() {
        return output.isClosed;
      },
      write: (text) => this.#write(output, text),
      writeBytes: (bytes) => this.#writeBytes(output, bytes),
    };
  }

  #write(output: Output, text: string): void {
    if (text === '') return;
    if (this.#underWay > 0) {
      // Behind what is being written. That it cannot be written is told to those who wait for their writes.
      this.#writeBytes(output, Buffer.from(text)).catch(() => {});
      return;
    }
    this.clear();
    output.write(text);
    this.#isAtStartOfLine = text.endsWith('\n');
  }

  async #writeBytes(output: Output, bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    this.#underWay += 1;
    const before = this.#writing;
    const turn = (async () => {
      await before;
      this.clear();
      await output.writeBytes(bytes);
      this.#isAtStartOfLine = bytes.at(-1) === NEWLINE;
    })();
    this.#writing = turn.catch(() => {});
    try {
      await turn;
    } finally {
      this.#underWay -= 1;
    }
  }
}

const NEWLINE = 0x0a;
