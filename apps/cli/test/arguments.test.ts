import { expect, test } from 'vitest';
import { readArguments, type FlagTable } from '../src/arguments.ts';

const flags: FlagTable = {
  output: { short: 'o', value: 'FORMAT', choices: ['table', 'json'], help: '' },
  tag: { value: 'TAG', many: true, help: '' },
  refresh: { help: '' },
};
const read = (...words: string[]) => readArguments(words, flags, 'list', true);

test('flags, short flags, repeated flags, positionals, and what follows --', () => {
  const args = read('a', '-o', 'json', '--tag=x=1', '--tag', 'y', 'b', '--refresh', '--', '--tag', 'z');
  expect(args.positionals).toEqual(['a', 'b']);
  expect(args.value('output')).toBe('json');
  expect(args.values('tag')).toEqual(['x=1', 'y']);
  expect(args.has('refresh')).toBe(true);
  expect(args.rest).toEqual(['--tag', 'z']);
});

test('a flag that is not there is absent', () => {
  const args = read();
  expect([args.value('output'), args.values('tag'), args.has('refresh'), args.rest]).toEqual([
    undefined,
    [],
    false,
    undefined,
  ]);
});

test.each([
  [['--refesh'], "unknown flag --refesh for 'azfleet list'", "did you mean '--refresh'?"],
  [['--output'], '--output needs a value: --output FORMAT', undefined],
  [['--output='], '--output needs a value: --output FORMAT', undefined],
  [['-o', 'jsn'], "-o 'jsn' is not one of table, json", "did you mean 'json'?"],
  [['--refresh=yes'], "--refresh takes no value, got 'yes'", undefined],
  [['--constructor'], "unknown flag --constructor for 'azfleet list'", "see 'azfleet list --help'"],
])('%j: one line with the nearest right word', (words, message, hint) => {
  expect(() => read(...words)).toThrow(expect.objectContaining({ message, hint, exitCode: 2 }));
});
