import { expect, test } from 'vitest';
import { TerminalText } from '../../../src/run/output/terminal-text.ts';
import { inPieces, randomFrom } from './support.ts';

function shown(pieces: readonly Uint8Array[], colours = true): string {
  const text = new TerminalText(colours);
  return pieces.map((piece) => text.add(piece)).join('') + text.end();
}

const shownText = (text: string, colours = true): string => shown([Buffer.from(text)], colours);

test('controls become visible, newlines stay', () => {
  expect(shownText('a\u0007b\u0000\nc\u007f\u0085\u2028')).toBe('a\\u{7}b\\u{0}\nc\\u{7f}\\u{85}\\u{2028}');
});

test('of the escape sequences only colours pass', () => {
  expect(shownText('\u001b[31mred\u001b[0m')).toBe('\u001b[31mred\u001b[0m');
  expect(shownText('\u001b[38;5;12m\u001b[38:2::1:2:3mx\u001b[m')).toBe('\u001b[38;5;12m\u001b[38:2::1:2:3mx\u001b[m');
  expect(shownText('\u001b[2Jx\u001b[?1049hy\u001b(0z\u001b')).toBe('\\e[2Jx\\e[?1049hy\\e(0z\\e');
});

test('an escape sequence that never ends is not waited for', () => {
  const endless = `\u001b[${'1;'.repeat(100)}`;
  const text = new TerminalText(true);
  expect(text.add(Buffer.from(endless))).toBe(`\\e[${'1;'.repeat(100)}`);
});

test('a colour that was not ended ends with its line', () => {
  expect(shownText('\u001b[1mbold\nnot\n')).toBe('\u001b[1mbold\u001b[0m\nnot\n');
  expect(shownText('\u001b[1mbold\u001b[0;31mred')).toBe('\u001b[1mbold\u001b[0;31mred\u001b[0m');
});

test('what is cut anywhere is shown as in one piece', () => {
  const whole = Buffer.from(
    'é机器\t\u001b[1;31mred\tx\u001b[0m\r\nnext\r\r\n\u001b[32mgreen\r\nü\u001b]8;;\u0007end\u001b[',
  );
  for (let seed = 1; seed <= 200; seed += 1) {
    const pieces = inPieces(whole, randomFrom(seed), 5);
    expect(shown(pieces), `seed ${seed}`).toBe(shown([whole]));
  }
});

test('whatever comes, no control but newlines and colours is left', () => {
  const random = randomFrom(11);
  const alphabet = ['\u001b', '[', '3', '1', ';', 'm', '\r', '\n', '\t', '\u009b', 'é', 'H', '\u202e', '\u0007'];
  for (let round = 0; round < 300; round += 1) {
    const text = Array.from({ length: 60 }, () => alphabet[random(alphabet.length)]!).join('');
    // oxlint-disable-next-line no-control-regex
    const left = shown(inPieces(Buffer.from(text), random)).replaceAll(/\u001b\[[0-9;:]*m/g, '');
    // oxlint-disable-next-line no-control-regex
    expect(left).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  }
});

test('bytes that are no UTF-8 are shown as such', () => {
  expect(shown([Buffer.from([0x61, 0xff, 0x62])])).toBe('a\ufffdb');
});
