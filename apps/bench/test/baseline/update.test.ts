import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BaselineFile } from '../../src/baseline/baseline-file.ts';
import { command, put, resultsFolder, start, startWith } from '../support/decide.ts';
import { type MadeUp, resultFile } from '../support/result-files.ts';

const file = (folder: string): BaselineFile =>
  JSON.parse(readFileSync(join(folder, 'benchmarks/baselines/start-up.json'), 'utf8')) as BaselineFile;

/** Saves the one, then updates with the other. */
async function update(saved: readonly MadeUp[], now: readonly MadeUp[]) {
  const folder = resultsFolder({ 'saved.json': resultFile(saved, { run: 'run-1', seed: 1 }) });
  await command(folder, ['baseline', 'save', 'saved.json']);
  const before = file(folder);
  put(folder, 'new.json', resultFile(now, { run: 'run-2', seed: 2, factor: 2 }));
  const { exitCode, stdout } = await command(folder, ['baseline', 'update', 'new.json']);
  expect(exitCode).toBe(0);
  return { before, after: file(folder), stdout };
}

describe('azfleet-bench baseline update', () => {
  it('leaves everything as it is where nothing but the noise has changed', async () => {
    const { before, after, stdout } = await update(start, start);
    expect(after.benchmarks).toEqual(before.benchmarks);
    expect(after.history).toHaveLength(2);
    expect(stdout).toBe('start-up: nothing has changed\n');
  });

  it('takes over counts that changed, and says so', async () => {
    const { before, after, stdout } = await update(start, startWith({ calls: 2 }));
    expect(after.benchmarks['start-up/list/azfleet']).toEqual({
      ...before.benchmarks['start-up/list/azfleet'],
      calls: 2,
    });
    expect(stdout).toBe('start-up: 1 changed\n  start-up/list/azfleet: calls 0 → 2\n');
  });

  it('takes over a ratio that the noise does not explain', async () => {
    const { after, stdout } = await update(start, startWith({ seconds: 0.06 }));
    expect(after.benchmarks['start-up/list/azfleet']!.ratio!.ratio).toBeGreaterThan(1.5);
    expect(stdout).toMatch(/ {2}start-up\/list\/azfleet: ratio 1\.\d\d → 1\.\d\d to start-up\/list\/node-e-0\n$/);
  });

  it('takes over a ratio to another peer', async () => {
    const other = [...startWith({ against: 'bun' }), { name: 'start-up/list/bun', seconds: 0.01 }];
    const { after, stdout } = await update(start, other);
    expect(after.benchmarks['start-up/list/azfleet']!.ratio!.against).toBe('start-up/list/bun');
    expect(stdout).toContain('start-up/list/azfleet: ratio 4.');
    expect(stdout).toContain('start-up/list/bun: new\n');
  });

  it('keeps what was not measured now, and a ratio whose peer is not here', async () => {
    const { before, after } = await update(start, [start[0]!]);
    expect(after.benchmarks).toEqual(before.benchmarks);
  });

  it('saves a suite that has no baseline yet', async () => {
    const folder = resultsFolder({ 'new.json': resultFile(start) });
    expect((await command(folder, ['baseline', 'update', 'new.json'])).stdout).toBe('start-up: 2 benchmarks saved\n');
  });
});
