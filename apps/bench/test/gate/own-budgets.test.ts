import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readBudgets } from '../../src/gate/budgets.ts';
import { folder } from '../support/folder.ts';

const benchmarks = join(import.meta.dirname, '../../../../benchmarks');

it('the budgets of this repository can be read, and are for suites that there are', async () => {
  const budgets = await readBudgets(join(benchmarks, 'budgets.json'));
  const suites = new Set(Object.keys(budgets!).map((pattern) => pattern.split('/')[0]!));
  expect(suites.size).toBeGreaterThan(3);
  expect([...suites].filter((suite) => !existsSync(join(benchmarks, `${suite}.bench.ts`)))).toEqual([]);
});

it('the budgets that the README shows can be read', async () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const [, json] = /```json\n([^]*?)```/.exec(readme)!;
  const path = folder({ 'budgets.json': json! });
  expect(Object.keys((await readBudgets(join(path, 'budgets.json')))!)).toEqual(['start-up/list-*/azfleet']);
});
