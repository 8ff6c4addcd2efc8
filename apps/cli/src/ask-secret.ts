import { openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';

const ENTER = /[\r\n]/;
const INTERRUPT = '\u0003';
const END_OF_INPUT = '\u0004';
const ERASE_CHARACTER = new Set(['\b', '\u007f']);
const ERASE_LINE = '\u0015';

/**
 * Asks on the terminal, whatever stdin and stderr are. What is typed is not shown. `undefined` where the answer is Ctrl-C,
 * which then interrupts as it always does, or the end of input.
 */
export function askSecret(question: string): Promise<string | undefined> {
  const descriptor = openSync('/dev/tty', 'r+');
  const terminal = new ReadStream(descriptor).setEncoding('utf8');
  terminal.setRawMode(true);
  // A line of its own: what is drawn meanwhile does not get into its way, since there is no echo.
  writeSync(descriptor, `${question}\r\n`);
  return new Promise((resolve) => {
    let answer = '';
    const done = (value: string | undefined): void => {
      terminal.setRawMode(false);
      terminal.destroy();
      resolve(value);
    };
    /** Answers once the signal was heard by who listens for it: otherwise it would seem that nobody had interrupted. */
    const interrupt = (): void => {
      process.once('SIGINT', () => done(undefined));
      process.kill(process.pid, 'SIGINT');
    };
    terminal.on('error', () => done(undefined));
    terminal.on('data', (typed: string) => {
      for (const character of typed) {
        if (ENTER.test(character)) return done(answer);
        if (character === INTERRUPT) return interrupt();
        if (character === END_OF_INPUT) return done(undefined);
        if (ERASE_CHARACTER.has(character)) answer = Array.from(answer).slice(0, -1).join('');
        else answer = character === ERASE_LINE ? '' : answer + character;
      }
    });
  });
}
