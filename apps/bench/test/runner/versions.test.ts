import { join } from 'node:path';
import { expect, test } from 'vitest';
import { versionsAround } from '../../src/runner/versions.ts';
import { folder } from '../support/folder.ts';

test('versions of what the nearest package.json names, from the nearest node_modules that has it', () => {
  const root = folder({
    'package.json': '{ "dependencies": { "outer": "*" } }',
    'node_modules/a/package.json': '{ "version": "1.0.0" }',
    'node_modules/@scope/b/package.json': '{ "version": "2.0.0" }',
    'benchmarks/package.json':
      '{ "dependencies": { "a": "*", "gone": "*" }, "devDependencies": { "@scope/b": "*", "c": "*" } }',
    'benchmarks/node_modules/a/package.json': '{ "version": "1.5.0" }',
    'benchmarks/node_modules/c/package.json': 'not JSON',
  });
  expect(versionsAround(join(root, 'benchmarks/s.bench.ts'))).toEqual({ a: '1.5.0', '@scope/b': '2.0.0' });
});

test('none where there is no package.json', () => {
  expect(versionsAround('/s.bench.ts')).toEqual({});
});
