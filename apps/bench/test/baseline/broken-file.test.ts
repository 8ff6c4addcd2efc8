import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { command, resultsFolder, start } from '../support/decide.ts';
import { resultFile } from '../support/result-files.ts';

it.each([
  ['{ "schemaVersion": 1', /start-up\.json is not JSON; write it anew with 'azfleet-bench baseline save FILE'/],
  ['{ "schemaVersion": 0 }', /start-up\.json is not a baseline: schemaVersion: /],
  ['{ "schemaVersion": 1, "suite": "start-up", "benchmarks": { "a": {} }, "history": [] }', /benchmarks\.a\.calls: /],
  ['7', /start-up\.json is not a baseline: /],
])('%s is refused in one line that names the file, with exit code 2', async (text, says) => {
  const folder = resultsFolder({ 'new.json': resultFile(start) });
  mkdirSync(join(folder, 'benchmarks/baselines'), { recursive: true });
  writeFileSync(join(folder, 'benchmarks/baselines/start-up.json'), text);
  for (const args of [
    ['gate', 'new.json'],
    ['baseline', 'update', 'new.json'],
  ]) {
    const { exitCode, stderr } = await command(folder, args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(says);
    expect(stderr.match(/\n/g)).toHaveLength(1);
  }
});
