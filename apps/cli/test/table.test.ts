import { expect, test } from 'vitest';
import { renderTable, type TableColumn } from '../src/output/table.ts';
import { plain } from '../src/output/style.ts';

const columns: Omit<TableColumn, 'cells'>[] = [
  { header: 'NAME', dropOrder: 0, leastWidth: 8 },
  { header: 'STATE', dropOrder: 1, leastWidth: 7 },
  { header: 'SIZE', dropOrder: 2, leastWidth: 8 },
];

function lines(rows: string[][], maxWidth?: number): string[] {
  const text = renderTable(
    columns.map((column, index) => Object.assign({ cells: rows.map((row) => row[index]!) }, column)),
    { style: plain, maxWidth },
  );
  return text.split('\n').slice(0, -1);
}

test('columns are as wide as what is in them, the last one has no trailing spaces', () => {
  expect(
    lines([
      ['web-1', 'running', 'Standard_B2s'],
      ['a', 'x', 'y'],
    ]),
  ).toEqual(['NAME   STATE    SIZE', 'web-1  running  Standard_B2s', 'a      x        y']);
});

test('nothing is cut where there is no width', () => {
  const long = 'x'.repeat(300);
  expect(lines([[long, 'running', 'B1']])[1]).toContain(long);
});

test('on a narrow terminal the least important column is cut, then left out', () => {
  const rows = [['web-server-01', 'running', 'Standard_D2s_v5']];
  expect(lines(rows, 34)).toEqual(['NAME           STATE    SIZE', 'web-server-01  running  Standard_…']);
  expect(lines(rows, 24)).toEqual(['NAME           STATE', 'web-server-01  running']);
  expect(lines(rows, 12)).toEqual(['NAME', 'web-server-…']);
});

test.each([20, 30, 40, 60])('no line is wider than the terminal: %i columns', (width) => {
  const rows = [
    ['机器-一号-非常长的名字', 'deallocated', 'Standard_D2s_v5'],
    ['é'.repeat(30), 'running', 'B1'],
  ];
  for (const line of lines(rows, width)) expect(terminalWidth(line)).toBeLessThanOrEqual(width);
});

test('wide and combining characters keep the columns straight', () => {
  const [, wide, combining] = lines([
    ['机器', 'running', 'B'],
    ['e\u0301a', 'running', 'B'],
  ]);
  expect(wide).toBe('机器  running  B');
  expect(combining).toBe('e\u0301a    running  B');
});

test('newlines and escape sequences in a value stay in their cell', () => {
  const [, line, nothingMore] = lines([['a\nb', '\u001b[31mred', 'x']]);
  expect(line).toBe('a\\nb  \\e[31mred  x');
  expect(nothingMore).toBeUndefined();
});

/** The columns of a line in a terminal, counted apart from what is tested: CJK are two, marks none. */
function terminalWidth(text: string): number {
  return Array.from(text).reduce(
    (sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1),
    0,
  );
}
