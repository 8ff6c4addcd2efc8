import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Output } from '../../src/io.ts';
import { type Progress, startProgress } from '../../src/output/progress.ts';

/** A terminal as it looks in the end: a line is overwritten from its start. */
function terminal(columns: number | undefined): {
  readonly output: Output;
  readonly shown: () => string[];
  readonly written: () => number;
} {
  let text = '';
  let writes = 0;
  return {
    output: {
      isTerminal: columns !== undefined,
      columns,
      write(more) {
        text += more;
        writes += 1;
      },
    },
    shown: () =>
      stripVTControlCharacters(
        text
          .split('\n')
          .map((line) => line.slice(line.lastIndexOf('\r') + 1))
          .join('\n'),
      ).split('\n'),
    written: () => writes,
  };
}

function started(
  columns: number | undefined,
): ReturnType<typeof terminal> & { readonly progress: Progress; readonly pass: (ms: number) => void } {
  const screen = terminal(columns);
  let now = 0;
  const progress = startProgress(
    screen.output,
    (_, text) => text,
    () => now,
  );
  return { ...screen, progress, pass: (ms) => void (now += ms) };
}

test('how much is done, what is being measured, and how long it will take', () => {
  const { progress, shown, pass } = started(80);
  progress.update('cache', 0);
  expect(shown()).toEqual([`${'━'.repeat(24)}  0 %  cache`]);
  pass(30_000);
  progress.update('cache/get', 0.25);
  expect(shown()).toEqual([`${'━'.repeat(24)}  25 %, 2 min left  cache/get`]);
  pass(10_000);
  progress.update('cache/get', 0.8);
  expect(shown()).toEqual([`${'━'.repeat(24)}  80 %, 10 s left  cache/get`]);
  pass(7_200_000);
  progress.update('cache/get', 0.5);
  expect(shown()[0]).toContain('50 %, 2 h 1 min left');
});

test('it is drawn at most ten times a second, and only when it is told something', () => {
  const { progress, written, pass } = started(80);
  for (let ms = 0; ms < 1000; ms += 10) {
    progress.update('cache', ms / 1000);
    pass(10);
  }
  expect(written()).toBe(10);
});

test('a line stands above the bar, which stays', () => {
  const { progress, shown } = started(80);
  progress.update('cache', 0.5);
  progress.line('cache failed: \u001b[2Jno');
  const [line, bar] = shown();
  expect(line).toBe('cache failed: \\e[2Jno');
  expect(bar).toContain('50 %');
  progress.clear();
  expect(shown().at(-1)).toBe('');
  progress.lineWithoutBar('cache: 10 rounds');
  expect(shown().at(-1)).toBe('');
});

test('a narrow terminal is not overrun', () => {
  const { progress, shown } = started(40);
  progress.update('a-very-long-suite/a-very-long-comparison', 0.5);
  expect(shown()[0]!.length).toBeLessThan(40);
});

test('off a terminal there is no bar, but a line for each comparison', () => {
  const { progress, shown } = started(undefined);
  progress.update('cache', 0.5);
  progress.lineWithoutBar('cache/get: 10 rounds in 2.0 s');
  progress.line('a note');
  progress.clear();
  expect(shown()).toEqual(['cache/get: 10 rounds in 2.0 s', 'a note', '']);
});
