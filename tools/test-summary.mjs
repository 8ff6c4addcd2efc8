// Adds up the result files that vitest leaves in each package, into the one closing line that CI reads.
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const RESULTS = 'test-results.json';

/** Packages that have a `test` script: each owes a result file. */
export function testedPackages(root) {
  const folders = ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(root, group, name)),
  );
  return [...folders, join(root, 'tools')].filter((folder) => {
    const manifest = join(folder, 'package.json');
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).scripts?.test !== undefined;
  });
}

export function forgetResults(root) {
  for (const folder of testedPackages(root)) rmSync(join(folder, RESULTS), { force: true });
}

/**
 * Counts what passed, failed and was skipped. A package without a (readable) result file died before it could
 * report, which counts as one failure, unless only some packages were asked for.
 */
export function summarise(root, { onlySome = false } = {}) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const folder of testedPackages(root)) {
    const result = read(join(folder, RESULTS));
    if (result === undefined) {
      if (!onlySome) total.failed += 1;
      continue;
    }
    total.passed += result.numPassedTests;
    // A file that throws while it is loaded fails as a suite, with no test to count.
    const brokenFiles = result.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    total.failed += result.numFailedTests + brokenFiles.length;
    total.skipped += result.numPendingTests + result.numTodoTests;
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  return {
    ...total,
    ok: total.failed === 0 && total.passed > 0,
    line: `${total.passed} passed, ${total.failed} failed${skipped}`,
  };
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
