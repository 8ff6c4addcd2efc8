import { expect, test } from 'vitest';
import { readArguments } from '../../../src/arguments.ts';
import { readRunOutput, runOutputFlags } from '../../../src/run/output/flags.ts';

const read = (...words: string[]) => readRunOutput(readArguments(words, runOutputFlags, 'run'));

test('what is printed', () => {
  expect(read()).toEqual({ print: 'live', outDirectory: undefined });
  expect(read('-o', 'text').print).toBe('live');
  expect(read('--group').print).toBe('groups');
  expect(read('-o', 'text', '--group').print).toBe('groups');
  expect(read('-o', 'json').print).toBe('json');
  expect(read('-o', 'ndjson').print).toBe('ndjson');
  expect(read('--quiet').print).toBe('nothing');
});

test('with --out-dir nothing is printed, unless it is asked for', () => {
  expect(read('--out-dir', 'logs')).toEqual({ print: 'nothing', outDirectory: 'logs' });
  expect(read('--out-dir', 'logs', '--quiet').print).toBe('nothing');
  expect(read('--out-dir', 'logs', '--group').print).toBe('groups');
  expect(read('--out-dir', 'logs', '-o', 'json').print).toBe('json');
  expect(read('--out-dir', 'logs', '-o', 'text').print).toBe('live');
});

test.each([
  [['-o', 'json', '--group'], '-o json and --group contradict each other'],
  [['-o', 'ndjson', '--quiet'], '-o ndjson and --quiet contradict each other'],
  [['--group', '--quiet'], '--group and --quiet contradict each other'],
  [['-o', 'text', '--quiet'], '-o text and --quiet contradict each other'],
  [['-o', 'json', '--group', '--quiet'], '-o json and --group contradict each other'],
])('%j is refused', (words, message) => {
  expect(() => read(...words)).toThrow(expect.objectContaining({ message, exitCode: 2, hint: 'give one of them' }));
});

test('an unknown format is refused', () => {
  expect(() => read('-o', 'table')).toThrow("-o 'table' is not one of text, json, ndjson");
});
