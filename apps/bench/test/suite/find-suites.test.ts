import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findSuites, selectSuites } from '../../src/suite/find-suites.ts';
import { folder } from '../support/folder.ts';

const names = (found: ReturnType<typeof findSuites>): string[] => found.suites.map(({ name }) => name);

test('suites are the *.bench files of ./benchmarks, in the order of their names', () => {
  const cwd = folder({
    'benchmarks/b.bench.ts': '',
    'benchmarks/a.bench.mjs': '',
    'benchmarks/c-2.bench.js': '',
    'benchmarks/d.bench.mts': '',
    'benchmarks/notes.md': '',
    'benchmarks/support/x.bench.ts': '',
  });
  const found = findSuites(cwd);
  expect(found).toMatchObject({ directory: join(cwd, 'benchmarks'), own: false });
  expect(names(found)).toEqual(['a', 'b', 'c-2', 'd']);
  expect(found.suites[0]!.file).toBe(join(cwd, 'benchmarks/a.bench.mjs'));
});

test('inside that folder they are found too', () => {
  const cwd = folder({ 'a.bench.ts': '' });
  expect(findSuites(cwd)).toMatchObject({ directory: cwd, own: false });
});

test('--suites names another folder, relative to the working directory', () => {
  const cwd = folder({ 'benchmarks/a.bench.ts': '', 'speed/b.bench.ts': '' });
  expect(names(findSuites(cwd, 'speed'))).toEqual(['b']);
  expect(() => findSuites(cwd, 'nowhere')).toThrow('there is no suite in nowhere');
});

test('a name that cannot be part of a benchmark’s name is refused, and so are two files of one name', () => {
  expect(() => findSuites(folder({ 'benchmarks/My Suite.bench.ts': '' }))).toThrow(/cannot name a benchmark/);
  expect(() => findSuites(folder({ 'benchmarks/a.bench.ts': '', 'benchmarks/a.bench.js': '' }))).toThrow(/same name/);
});

test('those that are named are taken in that order, once', () => {
  const found = findSuites(folder({ 'benchmarks/a.bench.ts': '', 'benchmarks/b.bench.ts': '' }));
  expect(selectSuites(found, []).map(({ name }) => name)).toEqual(['a', 'b']);
  expect(selectSuites(found, ['b', 'a', 'b']).map(({ name }) => name)).toEqual(['b', 'a']);
});

test('a suite that is not there is named, with the nearest that is, or all', () => {
  const found = findSuites(folder({ 'benchmarks/start-up.bench.ts': '', 'benchmarks/cache.bench.ts': '' }));
  expect(() => selectSuites(found, ['startup'])).toThrow(
    expect.objectContaining({ exitCode: 2, hint: "did you mean 'start-up'?" }),
  );
  expect(() => selectSuites(found, ['zzzzzzzz'])).toThrow(
    expect.objectContaining({ hint: 'there are cache, start-up' }),
  );
});
