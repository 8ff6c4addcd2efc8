import { expect, test } from 'vitest';
import { visible, visibleJson } from '../src/output/terminal-text.ts';

test('controls become visible', () => {
  expect(visible('a\u001b[31mred\u001b[0m\nb\tc\r')).toBe('a\\e[31mred\\e[0m\\nb\\tc\\r');
  expect(visible('\u009b31m \u007f \u0000')).toBe('\\u{9b}31m \\u{7f} \\u{0}');
});

test('bidirectional controls become visible, right-to-left text stays', () => {
  expect(visible('admin\u202etxt.exe')).toBe('admin\\u{202e}txt.exe');
  expect(visible('\u2066x\u2069 \u200f \u061c')).toBe('\\u{2066}x\\u{2069} \\u{200f} \\u{61c}');
  expect(visible('שרת-1')).toBe('שרת-1');
});

test('no control of C0, DEL, C1 or bidi is left, whatever the text', () => {
  const all = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).join('');
  // oxlint-disable-next-line no-control-regex
  expect(visible(all)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
});

test('json stays the same json', () => {
  const value = { tag: 'a\u009b31m\u202e\u007f', other: 'é' };
  const json = visibleJson(JSON.stringify(value, null, 2));
  expect(json).not.toMatch(/[\u007f-\u009f\u202e]/);
  expect(JSON.parse(json)).toEqual(value);
});
