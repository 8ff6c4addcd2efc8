import { expect, test } from 'vitest';
import { renderCsv, renderTsv } from '../src/output/delimited.ts';

test('csv quotes what needs it (RFC 4180)', () => {
  const csv = renderCsv(
    ['name', 'note'],
    [
      ['a', 'plain'],
      ['b', 'with, comma'],
      ['c', 'say "hi"\nbye'],
    ],
  );
  expect(csv).toBe('name,note\na,plain\nb,"with, comma"\nc,"say ""hi""\nbye"\n');
});

test('tsv keeps one row a line and one tab a field', () => {
  expect(renderTsv([['a\tb', 'c\nd', '\\', 'e\rf']])).toBe('a\\tb\tc\\nd\t\\\\\te\\rf\n');
});
