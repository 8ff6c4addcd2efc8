import { expect, test } from 'vitest';
import * as v from 'valibot';
import { parseKey, valueFromText } from '../src/index.ts';
import { schema } from './support/example.ts';

test.each([
  ['a text', ['server', 'host'], ['22'], '22'],
  ['a number', ['server', 'port'], ['22'], 22],
  ['a duration', ['server', 'timeout'], ['1h30m'], '1h30m'],
  ['true', ['server', 'secure'], ['true'], true],
  ['one of several', ['server', 'mode'], ['fast'], 'fast'],
  ['a word instead of a number', ['server', 'limit'], ['auto'], 'auto'],
  ['a number instead of a word', ['server', 'limit'], ['5'], 5],
  ['a list of one', ['server', 'files'], ['a b'], ['a b']],
  ['a list of several', ['server', 'files'], ['a', 'b'], ['a', 'b']],
  ['a list in TOML', ['server', 'files'], ['["a", "b"]'], ['a', 'b']],
  ['an empty list', ['server', 'files'], [], []],
  ['a table in TOML', ['server', 'ports'], ['{ "vm.1" = 5 }'], { 'vm.1': 5 }],
  ['a member of a table', ['server', 'ports', 'vm.1'], ['5'], 5],
] as const)('%s', async (_, path, texts, value) => {
  expect(await valueFromText(schema, path, texts)).toEqual(value);
});

test.each([
  [['server', 'port'], ['abc'], 'server.port: expected a port, got "abc"'],
  [['server', 'port'], ['0'], 'server.port: expected a port, got "0"'],
  [['server', 'port'], ['1', '2'], 'server.port: expected a port, got "1" "2"'],
  [['server', 'port'], ['1\nx = 2'], String.raw`server.port: expected a port, got "1\nx = 2"`],
  [['server', 'mode'], ['fsat'], 'server.mode: expected "fast" or "careful", got "fsat"; did you mean "fast"?'],
  [['server', 'timeout'], ['5x'], 'server.timeout: expected a duration such as "5m", got "5x"'],
  [['server'], ['[1]'], 'server: expected a table, got "[1]"'],
  [['server', 'prot'], ['1'], 'server.prot: unknown key; did you mean server.port?'],
] as const)('what the schema does not take for %j is refused: %j', async (path, texts, message) => {
  await expect(valueFromText(schema, path, texts)).rejects.toThrow(message);
});

test('where any value will do, a text is what it says in TOML', async () => {
  const open = v.looseObject({});
  expect(await valueFromText(open, ['a'], ['5'])).toBe(5);
  expect(await valueFromText(open, ['a'], ['five'])).toBe('five');
  expect(await valueFromText(open, ['a'], ['a', 'b'])).toEqual(['a', 'b']);
});

test.each([
  ['a.b', ['a', 'b']],
  ['contexts."my work".ssh', ['contexts', 'my work', 'ssh']],
  [" 'a.b' . c ", ['a.b', 'c']],
  ['', undefined],
  ['a.', undefined],
  ['a b', undefined],
  ['a = 1', undefined],
  ['[a]', undefined],
  ['a\nb', undefined],
  ['"a', undefined],
  ['# a', undefined],
] as const)('the key %j has the parts %j', (text, path) => expect(parseKey(text)).toEqual(path));
