import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetResults, summarise } from '../test-summary.mjs';

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'azfleet-tools-'));
  mkdirSync(join(root, 'tools'));
  writePackage('packages/one', { test: 'vitest run' });
  writePackage('apps/two', { test: 'vitest run' });
  writePackage('packages/untested', {});
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('adds up what passed, failed and was skipped', () => {
  writeResult('packages/one', { numPassedTests: 5, numPendingTests: 1 });
  writeResult('apps/two', { numPassedTests: 3, numFailedTests: 2 });
  expect(summarise(root)).toMatchObject({ line: '8 passed, 2 failed, 1 skipped', ok: false });
});

test('leaves out the skipped where there are none', () => {
  writeResult('packages/one', { numPassedTests: 5 });
  writeResult('apps/two', { numPassedTests: 3 });
  expect(summarise(root)).toMatchObject({ line: '8 passed, 0 failed', ok: true });
});

test('a package that died before it could report counts as a failure', () => {
  writeResult('packages/one', { numPassedTests: 5 });
  expect(summarise(root).line).toBe('5 passed, 1 failed');
  expect(summarise(root, { onlySome: true }).line).toBe('5 passed, 0 failed');
});

test('a test file that cannot be loaded counts as a failure', () => {
  writeResult('packages/one', { numPassedTests: 1, testResults: [{ status: 'failed', assertionResults: [] }] });
  writeResult('apps/two', { numPassedTests: 1 });
  expect(summarise(root).line).toBe('2 passed, 1 failed');
});

test('results of an earlier run are forgotten', () => {
  writeResult('packages/one', { numPassedTests: 5 });
  forgetResults(root);
  expect(summarise(root)).toMatchObject({ line: '0 passed, 2 failed', ok: false });
});

function writePackage(folder, scripts) {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, 'package.json'), JSON.stringify({ scripts }));
}

function writeResult(folder, counts) {
  const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  writeFileSync(join(root, folder, 'test-results.json'), JSON.stringify({ ...none, ...counts }));
}
