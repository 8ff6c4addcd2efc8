import { expect, test } from 'vitest';
import { ConfigError, formatProblem } from '../src/index.ts';
import { parseConfig } from '../src/parse.ts';
import { schema } from './support/example.ts';

function errorOf(text: string): ConfigError | undefined {
  try {
    parseConfig(text, 'tool.toml', schema);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  return undefined;
}

function problemsOf(text: string): string[] {
  return errorOf(text)?.problems.map(formatProblem) ?? [];
}

test('every problem of a file is told at once, in the order of the file', () => {
  const text = `default_context = 5
[server]
host = true
port = 0
mode = "fsat"
limit = "aut"
files = ["a", 5]
ports = { "vm-1" = "x" }
timeout = "5x"
secure = "yes"
[contexts.work.server]
port = 1.5
`;
  expect(problemsOf(text)).toEqual([
    'tool.toml:1:19: default_context: expected a string, got 5',
    'tool.toml:3:8: server.host: expected a string, got true',
    'tool.toml:4:8: server.port: expected a port, got 0',
    'tool.toml:5:8: server.mode: expected "fast" or "careful", got "fsat"; did you mean "fast"?',
    'tool.toml:6:9: server.limit: expected a number or "auto", got "aut"; did you mean "auto"?',
    'tool.toml:7:15: server.files[1]: expected a string, got 5',
    'tool.toml:8:20: server.ports.vm-1: expected a port, got "x"',
    'tool.toml:9:11: server.timeout: expected a duration such as "5m", got "5x"',
    'tool.toml:10:10: server.secure: expected true or false, got "yes"',
    'tool.toml:12:8: contexts.work.server.port: expected a port, got 1.5',
  ]);
});

test('a value that fails several checks is one problem', () => {
  expect(problemsOf('server.port = 0.5')).toEqual(['tool.toml:1:15: server.port: expected a port, got 0.5']);
});

test.each([
  ['a dotted key', 'server.port = "x"', 'tool.toml:1:15: server.port: expected a port, got "x"'],
  ['an inline table', 'server = { port = "x" }', 'tool.toml:1:19: server.port: expected a port, got "x"'],
  [
    'quoted and unicode keys',
    '[contexts."my ä"]\n"region" = 1',
    'tool.toml:2:12: contexts."my ä".region: expected a string, got 1',
  ],
  ['carriage returns', '# x\r\n[server]\r\nport = "x" # y\r\n', 'tool.toml:3:8: server.port: expected a port, got "x"'],
  ['a byte order mark', '\uFEFFserver.port = "x"', 'tool.toml:1:15: server.port: expected a port, got "x"'],
  ['tabs', '[server]\n\tport\t=\t"x"', 'tool.toml:2:9: server.port: expected a port, got "x"'],
  ['an array of tables', '[[server]]\nport = 1', 'tool.toml:1:3: server: expected a table, got server'],
  ['a date for a table', 'server = 2020-01-01', 'tool.toml:1:10: server: expected a table, got 2020-01-01'],
  ['a list in a table of tables', 'contexts.a = [1]', 'tool.toml:1:14: contexts.a: expected a table, got [1]'],
  ['a value for a table', 'server = 5', 'tool.toml:1:10: server: expected a table, got 5'],
  ['a table for a value', '[server.port]\nx = 1', 'tool.toml:1:9: server.port: expected a port, got port'],
  [
    'a text of several lines',
    '[server]\nport = """\na\nb"""',
    'tool.toml:2:8: server.port: expected a port, got """ a b"""',
  ],
] as const)('a problem has its place with %s', (_, text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test('a problem says each thing by itself, too', () => {
  const error = errorOf('[server]\nmode = "fsat"');
  expect(error).toMatchObject({ code: 'CONFIG_INVALID', name: 'ConfigError' });
  expect(error?.problems).toEqual([
    {
      source: 'tool.toml',
      line: 2,
      column: 8,
      key: 'server.mode',
      text: '"fsat"',
      expected: '"fast" or "careful"',
      nearest: 'fast',
      message: 'expected "fast" or "careful", got "fsat"; did you mean "fast"?',
    },
  ]);
});

test('an error is recognised across two copies of the package', () => {
  const foreign = Object.assign(new Error('x'), { [Symbol.for('@azfleet/config/ConfigError')]: true });
  expect(foreign).toBeInstanceOf(ConfigError);
  expect(new Error('x')).not.toBeInstanceOf(ConfigError);
  expect(new ConfigError('x', { code: 'CONFIG_UNKNOWN_KEY', cause: foreign }).cause).toBe(foreign);
});

test('a schema that is not one of valibot, or is asynchronous, is a mistake of the program', () => {
  const foreign = { '~standard': { vendor: 'other', validate: () => ({ value: {} }) } };
  expect(() => parseConfig('', 'x', foreign)).toThrow('Expected the schema to be made with valibot, got one of other');
  const slow = {
    type: 'object',
    entries: {},
    '~standard': { vendor: 'valibot', validate: async () => ({ value: {} }) },
  };
  expect(() => parseConfig('', 'x', slow)).toThrow('Expected a schema without asynchronous validation');
});
