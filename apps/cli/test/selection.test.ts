import { expect, test } from 'vitest';
import type { Arguments } from '../src/arguments.ts';
import { CliError } from '../src/errors.ts';
import { readSelection, select } from '../src/fleet/selection.ts';
import { vm } from './support/vm.ts';

const fleet = [
  vm({ name: 'web-01', tags: { Env: 'prod', team: '' } }),
  vm({ name: 'Web-02', resourceGroup: 'WEB', powerState: 'deallocated', location: 'northeurope' }),
  vm({ name: 'db.1', resourceGroup: 'data', powerState: 'unknown', unknown: ['powerState'], tags: null }),
  vm({ name: 'api', resourceGroup: 'a', session: 'front' }),
  vm({ name: 'api', resourceGroup: 'b' }),
];

function found(selectors: string[], flags: Record<string, string[]> = {}, resourceGroup?: string): string[] {
  return select(fleet, readSelection(args(flags), selectors, resourceGroup)).vms.map(
    (one) => `${one.resourceGroup}/${one.name}`,
  );
}

function args(flags: Record<string, string[]>): Arguments {
  return {
    positionals: [],
    rest: undefined,
    has: (flag) => flag in flags,
    value: (flag) => flags[flag]?.[0],
    values: (flag) => flags[flag] ?? [],
  };
}

test('no selector means all', () => expect(found([])).toHaveLength(5));

test.each([
  [['WEB-01'], ['web/web-01']],
  [['web/web-01'], ['web/web-01']],
  [[fleet[2]!.id.toUpperCase()], ['data/db.1']],
  [['web-*'], ['web/web-01', 'WEB/Web-02']],
  [['web-0[2-9]'], ['WEB/Web-02']],
  [['web-0[!2]'], ['web/web-01']],
  [['d?.1'], ['data/db.1']],
  [['db?1'], ['data/db.1']],
  [['*/api'], ['a/api', 'b/api']],
  [['a/*'], ['a/api']],
  [['front'], ['a/api']],
  [
    ['web-01', 'web-01', 'db.1'],
    ['web/web-01', 'data/db.1'],
  ],
])('%j', (selectors, expected) => expect(found(selectors)).toEqual(expected));

test('a dot in a name is a dot, not any character', () => {
  expect(select([vm({ name: 'dbx1' })], readSelection(args({}), ['db.1'])).missing).toEqual(['db.1']);
});

test('filters all hold; the values of one filter are alternatives', () => {
  expect(found([], { state: ['deallocated', 'unknown'] })).toEqual(['WEB/Web-02', 'data/db.1']);
  expect(found([], { state: ['RUNNING'], 'resource-group': ['web'] })).toEqual(['web/web-01']);
  expect(found([], { location: ['North Europe'] })).toEqual(['WEB/Web-02']);
  expect(found([], { 'resource-group': ['?'] })).toEqual(['a/api', 'b/api']);
  expect(found([], { exclude: ['web-*', 'b/api'] })).toEqual(['data/db.1', 'a/api']);
});

test('tags: names in any case, values as they are, all must hold', () => {
  expect(found([], { tag: ['env=prod', 'team'] })).toEqual(['web/web-01']);
  expect(found([], { tag: ['ENV=prod'] })).toContain('web/web-01');
  expect(found([], { tag: ['env=PROD'] })).toEqual([]);
  expect(found([], { tag: ['team='] })).toEqual(['web/web-01']);
});

test("the context's resource group holds where no other is given", () => {
  expect(found([], {}, 'data')).toEqual(['data/db.1']);
  expect(found([], { 'resource-group': ['a'] }, 'data')).toEqual(['a/api']);
});

test('a literal that fits several machines is refused with the candidates', () => {
  expect(() => found(['api'])).toThrow(/'api' fits 2 machines: a\/api, b\/api/);
});

test('a literal that fits none is told, a glob that fits none is not', () => {
  expect(select(fleet, readSelection(args({}), ['nope', 'no-*'])).missing).toEqual(['nope']);
});

test.each([
  [{ tag: ['=x'] }, /--tag '=x' has no key/],
  [{ state: ['runing'] }, /--state 'runing' is not a state/],
])('%j is a usage error', (flags, message) => {
  const act = () => found([], flags);
  expect(act).toThrow(message);
  expect(act).toThrow(CliError);
});

test('--all is everything, and goes with no name', () => {
  expect(found([], { all: [] })).toHaveLength(5);
  expect(() => found(['web-01'], { all: [] })).toThrow("--all and 'web-01' contradict each other");
});
