import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resultFile } from '../support/result-files.ts';

const root = join(import.meta.dirname, '../..');
const published = join(root, 'schemas/result.json');

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

test('the published schema is the one that files are checked with', () => {
  const before = readFileSync(published, 'utf8');
  execFileSync(process.execPath, ['--experimental-strip-types', '--no-warnings', join(root, 'build-schema.ts')]);
  expect(readFileSync(published, 'utf8')).toBe(before);
});

test('it names every field that a result has', () => {
  const schema = JSON.parse(readFileSync(published, 'utf8')) as Schema;
  const file = resultFile([{ name: 'cache/get/azfleet', seconds: 1, cache: [1, 1] }]);
  expect(schema.required?.toSorted()).toEqual(Object.keys(file).toSorted());
  const benchmark = schema.properties!['benchmarks']!.items!;
  expect(benchmark.required?.toSorted()).toEqual(Object.keys(file.benchmarks[0]!).toSorted());
});
