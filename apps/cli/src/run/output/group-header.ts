import width from 'fast-string-truncated-width';
import type { Style, StyleName } from '../../output/style.ts';
import { visible } from '../../output/terminal-text.ts';
import { foldNames } from './fold-names.ts';

/** The rule below a header is at most this long where there is no width that it must fit into. */
const LONGEST_RULE = 80;

/** A piece of a header that is not torn apart at the end of a line: up to the next comma. */
interface Word {
  readonly text: string;
  readonly look: StyleName;
}

/** Who wrote what follows: the names folded, how many they are, and what else is to be said; a rule below. */
export function groupHeader(
  labels: readonly string[],
  notes: readonly Word[],
  { style, columns }: { style: Style; columns: number | undefined },
): string {
  const names = foldNames(labels).map(visible).join(',');
  const words: Word[] = names.split(/(?<=,)/).map((text) => ({ text, look: 'bold' }));
  words.push({ text: ` (${labels.length})`, look: 'dim' });
  for (const { text, look } of notes) words.push({ text: ` ${text}`, look });
  const lines = wrapped(words, columns ?? Infinity);
  const widest = Math.max(...lines.map((line) => line.width));
  const rule = '─'.repeat(Math.min(widest, columns ?? LONGEST_RULE));
  const styled = lines.map((line) => line.words.map(({ text, look }) => style(look, text)).join(''));
  return [...styled, style('dim', rule), ''].join('\n');
}

/** Words in lines that fit; a word that is longer than a line is left to the terminal. */
function wrapped(words: readonly Word[], columns: number): { words: Word[]; width: number }[] {
  const lines: { words: Word[]; width: number }[] = [{ words: [], width: 0 }];
  for (const word of words) {
    const line = lines.at(-1)!;
    const taken = width(word.text).width;
    if (line.words.length === 0 || line.width + taken <= columns) {
      line.words.push(word);
      line.width += taken;
    } else {
      const text = word.text.trimStart();
      lines.push({ words: [{ text, look: word.look }], width: width(text).width });
    }
  }
  return lines;
}
