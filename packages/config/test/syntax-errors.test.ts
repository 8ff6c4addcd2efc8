import { expect, test } from 'vitest';
import * as v from 'valibot';
import { ConfigError, formatProblem } from '../src/index.ts';
import { parseConfig } from '../src/parse.ts';
import { schema } from './support/example.ts';

function problemsOf(text: string, withSchema: Parameters<typeof parseConfig>[2] = schema): string[] {
  try {
    parseConfig(text, 't', withSchema);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(formatProblem);
    throw error;
  }
  return [];
}

test('after a broken line the rest is read, so that all mistakes are told at once', () => {
  const text = '[server]\nhost = tru\nport = "x"\nmode = "fast\n\nfiles = [1 2]\n[contexts.a]\nregion = 5\n';
  expect(problemsOf(text)).toEqual([
    't:2:8: not valid TOML: invalid value: host = tru',
    't:3:8: server.port: expected a port, got "x"',
    expect.stringMatching(/^t:4:\d+: not valid TOML: .*: mode = "fast$/),
    expect.stringMatching(/^t:6:\d+: not valid TOML: .*: files = \[1 2\]$/),
    't:8:10: contexts.a.region: expected a string, got 5',
  ]);
});

test('a key that is set twice is told, and the rest is read', () => {
  expect(problemsOf('[server]\nport = 1\nport = 2\nhost = 5\n')).toEqual([
    't:3:1: not valid TOML: trying to redefine an already defined table or value: port = 2',
    't:4:8: server.host: expected a string, got 5',
  ]);
});

test.each([
  ['"', '\n'],
  ["'", '\n'],
  ['"', '\r\n'],
])('a string that is not closed is called so: %j before %j', (quote, newline) => {
  const text = ['[server]', `host = ${quote}fast`, 'port = "x"', ''].join(newline);
  expect(problemsOf(text)).toEqual([
    `t:2:13: not valid TOML: the string is not closed on this line: host = ${quote}fast`,
    't:3:8: server.port: expected a port, got "x"',
  ]);
  expect(problemsOf('server.host = "a\u0001b"')).toEqual([
    expect.stringContaining('control characters are not allowed in strings'),
  ]);
});

test.each([
  ['a broken header', '[server\nhost = 5\n'],
  ['a text without an end', 'server.host = """\nhost = 5\n'],
  ['a list without an end', 'server.files = [\n"a",\n[server]\nport = "x"\n'],
  ['a key inside a list', 'x = [1,\nport = "x"\n]\n'],
] as const)('after %s nothing more is judged', (_, text) => {
  expect(problemsOf(text)).toHaveLength(1);
});

test('a required key that could not be read is not called missing', () => {
  const required = v.object({ port: v.number(), host: v.string() });
  expect(problemsOf('port = 1x\nhost = "a"\n', required)).toEqual([expect.stringContaining('t:1:')]);
  expect(problemsOf('port = 1\n', required)).toEqual(['t:1:1: host: expected "host", but it is missing']);
});

test('of a file that is no TOML at all, 20 lines are told', () => {
  expect(problemsOf('this is no TOML\n'.repeat(1000))).toHaveLength(20);
});
