import { expect, test } from 'vitest';
import * as v from 'valibot';
import { type ConfigError, formatProblem, validateConfig } from '../src/index.ts';
import { parseConfig } from '../src/parse.ts';
import { schema } from './support/example.ts';

function warningsOf(text: string, withSchema: Parameters<typeof parseConfig>[2] = schema): string[] {
  return parseConfig(text, 't', withSchema).warnings.map(formatProblem);
}

test('an unknown key warns with the nearest one, and nothing else changes', () => {
  const { values, warnings } = parseConfig('[server]\nprot = 1\nhost = "h"\n', 't', schema);
  expect(warnings.map(formatProblem)).toEqual(['t:2:1: server.prot: unknown key; did you mean server.port?']);
  expect(values).toEqual({ server: { host: 'h' } });
});

test.each([
  ['in the wrong table', 'host = "h"', 't:1:1: host: unknown key; did you mean server.host?'],
  ['that belongs in a context', 'region = "r"', 't:1:1: region: unknown key; did you mean contexts.NAME.region?'],
  ['like no other', '[server]\nqqqq = 1', 't:2:1: server.qqqq: unknown key'],
  ['a whole table', '[serverr]\nhost = 1', 't:1:2: serverr: unknown key; did you mean server?'],
  ['by a dotted key', 'server.hst = 1', 't:1:8: server.hst: unknown key; did you mean server.host?'],
  ['in a context', '[contexts.a]\nregio = 1', 't:2:1: contexts.a.regio: unknown key; did you mean contexts.a.region?'],
  ['with quotes', '[server]\n"ho st" = 1', 't:2:1: server."ho st": unknown key; did you mean server.host?'],
] as const)('an unknown key %s', (_, text, warning) => expect(warningsOf(text)).toEqual([warning]));

test('unknown keys are told beside the mistakes of the file, in its order', () => {
  const text = '[[server]]\nhost = 1\n[sever]\n[contexts.a]\nregio = 1\nregion = 5\n';
  const problems = (() => {
    try {
      return parseConfig(text, 't', schema);
    } catch (error) {
      return (error as ConfigError).problems.map(formatProblem);
    }
  })();
  expect(problems).toEqual([
    't:1:3: server: expected a table, got server',
    't:3:2: sever: unknown key; did you mean server?',
    't:5:1: contexts.a.regio: unknown key; did you mean contexts.a.region?',
    't:6:10: contexts.a.region: expected a string, got 5',
  ]);
});

const check = async (path: string, text?: string) => await validateConfig({ path, text, schema: async () => schema });

test('a text is checked without a file, and a file without loading it', async () => {
  expect(await check('t', '[server]\nprot = 1\n')).toHaveLength(1);
  await expect(check('t', 'server = 1')).rejects.toThrow('t:1:10: server: expected a table, got 1');
  expect(await check('/nowhere/at/all')).toEqual([]);
  await expect(check('/')).rejects.toThrow('/: cannot be read: it is a directory');
});

test('a key that any table or value may have is known', () => {
  const open = v.object({
    loose: v.looseObject({ a: v.number() }),
    rest: v.objectWithRest({ a: v.number() }, v.object({ b: v.number() })),
    tables: v.array(v.object({ a: v.number() })),
    any: v.any(),
    either: v.union([v.object({ a: v.number() }), v.object({ b: v.number() })]),
    date: v.date(),
  });
  const text = `date = 2020-01-01
[loose]
a = 1
z = 1
[rest]
a = 1
z = { b = 1, y = 2 }
[[tables]]
a = 1
c = 1
[any]
z.y = 1
[either]
b = 1
c = 1
`;
  expect(warningsOf(text, open)).toEqual([
    't:7:14: rest.z.y: unknown key; did you mean rest.z.b?',
    't:10:1: tables[0].c: unknown key; did you mean tables[0].a?',
    't:15:1: either.c: unknown key; did you mean either.a?',
  ]);
});
